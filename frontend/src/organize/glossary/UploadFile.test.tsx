// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { ApiError } from "../../api/errors";
import { show } from "../../testing/workplace";
import { UploadFile } from "./UploadFile";

/** Uploads that end when the test says so. */
function upload(empty = false) {
  const uploads: [name: string, replace: boolean][] = [];
  let end: (count: number) => void = () => undefined;
  let refuse: (error: Error) => void = () => undefined;
  show(
    <UploadFile
      empty={empty}
      onUpload={(file, replace) => {
        uploads.push([file.name, replace]);
        return new Promise((resolve, reject) => {
          end = resolve;
          refuse = reject;
        });
      }}
    />,
  );
  return {
    uploads,
    end: (count: number) =>
      act(async () => {
        end(count);
        await Promise.resolve();
      }),
    refuse: (words: string) =>
      act(async () => {
        refuse(new ApiError(422, "bad_file", words));
        await Promise.resolve();
      }),
  };
}

const terms = new File(["en,es\nholding,grupo\n"], "terms.csv");
const choose = () =>
  fireEvent.change(screen.getByLabelText("Choose file", { selector: "input" }), {
    target: { files: [terms] },
  });
const button = (name: string) => screen.getByRole("button", { name });
const said = () => screen.getByRole("status").textContent;

test("a chosen file is added, and how many terms came in is said", async () => {
  const { uploads, end } = upload();
  choose();
  expect(document.activeElement).toBe(button("Upload"));
  await userEvent.click(button("Upload"));
  expect(said()).toBe("Uploading “terms.csv” …");
  expect(screen.getByRole("progressbar")).toBeTruthy();
  await end(2);
  expect(uploads).toEqual([["terms.csv", false]]);
  await screen.findByText("2 terms came in from “terms.csv”.");
  await waitFor(() => expect(document.activeElement).toBe(button("Choose file")));
});

test("replacing everything has to be chosen, for each file anew", async () => {
  const { uploads, end } = upload();
  choose();
  await userEvent.click(screen.getByRole("checkbox", { name: "Replace everything that is there" }));
  await userEvent.click(button("Replace the glossary"));
  await end(2);
  await screen.findByText(/^2 terms came in/);
  await waitFor(() => expect(document.activeElement).toBe(button("Choose file")));
  choose();
  await userEvent.click(button("Upload"));
  expect(uploads).toEqual([
    ["terms.csv", true],
    ["terms.csv", false],
  ]);
});

test("where nothing is, nothing is replaced", () => {
  upload(true);
  choose();
  expect(screen.queryByRole("checkbox")).toBeNull();
});

test("what is wrong with a file is said in the service's words; another may be chosen", async () => {
  const { uploads, refuse } = upload();
  choose();
  await userEvent.click(button("Upload"));
  await refuse("Line 3: term: is empty.");
  expect((await screen.findByRole("alert")).textContent).toBe(
    "The file cannot be read: Line 3: term: is empty.",
  );
  await waitFor(() => expect(document.activeElement).toBe(button("Choose file")));
  expect(said()).toBe("");
  choose();
  await userEvent.click(button("Upload"));
  expect(uploads.length).toBe(2);
});

test("a file may be dropped; text that is dropped is no file", () => {
  upload();
  const place = screen.getByText(/^Drop a CSV/);
  fireEvent.drop(place, { dataTransfer: { files: [] } });
  expect(screen.queryByRole("button", { name: "Upload" })).toBeNull();
  fireEvent.drop(place, { dataTransfer: { files: [terms] } });
  expect(screen.getByRole("region", { name: "Upload “terms.csv”" })).toBeTruthy();
});
