/// <reference types="vitest/config" />
import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const PAGES: [RegExp, string][] = [
  [/^\/(\?|$)/, "/home.html"],
  [/^\/e\//, "/listen.html"],
  [/^\/stage\//, "/stage.html"],
  [/^\/booth\//, "/booth.html"],
  [/^\/organize(\/|\?|$)/, "/organize.html"],
];

/** The development server answers the product's addresses, as Django does. */
function pages(): Plugin {
  return {
    name: "pages",
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const page = PAGES.find(([address]) => address.test(request.url ?? ""));
        if (page) request.url = page[1];
        next();
      });
    },
  };
}

const backend = process.env.BASE_URL ?? "http://127.0.0.1:8000";

export default defineConfig(({ command }) => ({
  base: command === "build" ? "/static/" : "/",
  plugins: [react(), pages()],
  build: {
    outDir: "../build/frontend",
    emptyOutDir: true,
    manifest: true,
    target: ["es2022", "safari15.4", "chrome100", "firefox100"],
    rolldownOptions: {
      input: ["home", "listen", "stage", "booth", "organize"].map((page) =>
        resolve(import.meta.dirname, `${page}.html`),
      ),
    },
  },
  server: {
    proxy: { "/api": backend, "/accounts": backend, "/ws": { target: backend, ws: true } },
  },
  test: { setupFiles: ["src/testing/setup.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
}));
