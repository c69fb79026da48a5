import { useDebouncedValue } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useId, useMemo, useRef, useState } from "react";
import {
  clearGlossary,
  deleteConcept,
  readGlossary,
  saveConcept,
  uploadGlossary,
} from "../../api/glossary";
import type { Concept, Event, Term } from "../../api/types";
import { Button } from "../../common/Button";
import { useTexts } from "../../i18n/useTexts";
import { useFocusNext } from "../hooks/useFocusNext";
import { useGlossaryLanguages } from "../hooks/useGlossaryLanguages";
import { useProblemText } from "../../common/useProblemText";
import { useSearched } from "../hooks/useSearched";
import page from "../Organize.module.css";
import { Problem } from "../Problem";
import { ConceptForm } from "./ConceptForm";
import { ConceptList } from "./ConceptList";
import { GlossaryFiles } from "./GlossaryFiles";
import { Search } from "./Search";
import { editId, sorted } from "./terms";

const ADD = "glossary-add";
const SLOW_MS = 500;

/** What names and terms are called in the event's languages. */
export function Glossary({ event }: { event: Event }) {
  const { t, language } = useTexts();
  const textOf = useProblemText();
  const languages = useGlossaryLanguages(event);
  const [query, setQuery] = useState("");
  const [cleared, setCleared] = useState(0);
  const [open, setOpen] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const focusNext = useFocusNext(heading);
  const { slug } = event;
  const titleId = useId();
  const { answer, loading, problem, refresh } = useSearched((q) => readGlossary(slug, q), query);
  const [slow] = useDebouncedValue(loading, SLOW_MS);
  const concepts = useMemo(
    () => sorted(answer ?? [], languages.tags, language),
    [answer, languages.tags, language],
  );
  const count = concepts.length;
  const empty = answer !== null && !problem && query === "" && count === 0;
  const editing = concepts.some(({ concept }) => concept === open);

  const save = async (concept: Concept | null, terms: Term[]) => {
    await saveConcept(slug, concept, terms);
    await refresh();
    setOpen(null);
    focusNext(concept ? editId(concept.concept) : ADD);
  };
  const upload = async (file: File, replace: boolean) => {
    const terms = await uploadGlossary(slug, file, replace);
    await refresh();
    return terms;
  };
  const clear = async () => {
    await clearGlossary(slug);
    setQuery("");
    setOpen(null);
    setCleared(cleared + 1);
    await refresh();
  };

  const said = () => {
    if (loading && (slow || answer === null)) return t("common.loading");
    if (empty) return t("glossary.empty");
    if (answer === null) return "";
    if (query === "") return t("glossary.count", { count });
    return count === 0 ? t("glossary.none", { typed: query }) : t("glossary.found", { count });
  };

  return (
    <section className={page.card} aria-labelledby={titleId}>
      <div className={page.title}>
        <h2 id={titleId} ref={heading} tabIndex={-1}>
          {t("glossary.title")}
        </h2>
        {open !== "" && (
          <Button
            id={ADD}
            look="plain"
            icon={<IconPlus size={20} />}
            disabled={editing}
            onClick={() => setOpen("")}
          >
            {t("glossary.add")}
          </Button>
        )}
      </div>
      <p className={page.soft}>{t("glossary.text")}</p>
      {open === "" && (
        <ConceptForm
          title={t("glossary.new")}
          terms={[]}
          languages={languages}
          onSave={(terms) => save(null, terms)}
          onCancel={() => {
            setOpen(null);
            focusNext(ADD);
          }}
        />
      )}
      <GlossaryFiles
        slug={slug}
        empty={empty}
        onUpload={upload}
        onClear={clear}
        focusNext={focusNext}
      />
      {!empty && <Search key={cleared} disabled={editing} onSearch={setQuery} />}
      <p role="status" className={page.soft}>
        {said()}
      </p>
      {problem && (
        <>
          <Problem text={textOf(problem)} />
          <div>
            <Button look="plain" onClick={() => void refresh()}>
              {t("common.again")}
            </Button>
          </div>
        </>
      )}
      <ConceptList
        key={query}
        concepts={concepts}
        languages={languages}
        open={open}
        locked={editing || open === ""}
        onOpen={setOpen}
        onSave={save}
        onDelete={async ({ concept }) => {
          await deleteConcept(slug, concept);
          await refresh();
        }}
        focusNext={focusNext}
      />
    </section>
  );
}
