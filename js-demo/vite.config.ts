import { defineConfig } from "vite";

export default defineConfig({
  // The built page may lie in any folder of a server.
  base: "./",
  build: { target: "es2022" },
  // The worker finds its WebAssembly beside itself, as modules do.
  worker: { format: "es" },
  // The sample visit is the project's own example, outside this folder.
  server: { fs: { allow: [".."] } },
});
