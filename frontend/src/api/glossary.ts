import { answered, client } from "./client";
import type { Concept, Term } from "./types";

const GLOSSARY = "/api/events/{event}/glossary";
const place = (slug: string) => ({ path: { event: slug } });

export const readGlossary = async (slug: string, query: string): Promise<Concept[]> =>
  (await answered(client.GET(GLOSSARY, { params: { ...place(slug), query: { q: query } } }))).items;

const putConcept = (slug: string, concept: string, terms: Term[]) =>
  answered(client.POST(GLOSSARY, { params: place(slug), body: { concept, terms } }));

/**
 * Gives a concept exactly these terms; no `concept`: a new one. The service adds and changes terms
 * and drops none, so a concept that lost a language is made anew under its id.
 */
export async function saveConcept(slug: string, concept: Concept | null, terms: Term[]) {
  const id = concept?.concept ?? "";
  const kept = new Set(terms.map(({ language }) => language));
  const saved = await putConcept(slug, id, terms);
  if (!concept || concept.terms.every(({ language }) => kept.has(language))) return saved;
  await deleteConcept(slug, id);
  return putConcept(slug, id, terms);
}

export const deleteConcept = (slug: string, concept: string) =>
  answered(
    client.DELETE("/api/events/{event}/glossary/{concept}", {
      params: { path: { event: slug, concept } },
    }),
  );

export const clearGlossary = (slug: string) =>
  answered(client.DELETE(GLOSSARY, { params: place(slug) }));

/** A CSV or TBX file. How many terms came in. */
export const uploadGlossary = async (slug: string, file: File, replace: boolean): Promise<number> =>
  (
    await answered(
      client.POST("/api/events/{event}/glossary/upload", {
        params: { ...place(slug), query: { replace } },
        body: { file: file.name },
        bodySerializer: () => {
          const form = new FormData();
          form.set("file", file);
          return form;
        },
      }),
    )
  ).terms;

/** Where the whole glossary is downloaded. */
export const glossaryFile = (slug: string, kind: "csv" | "tbx"): string =>
  `/api/events/${encodeURIComponent(slug)}/glossary.${kind}`;
