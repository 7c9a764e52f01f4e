/**
 * Bundle static/src into static/dist: one stylesheet with its fonts, one script per page, and the icons.
 *
 * Files keep plain names; Django's manifest storage puts hashes on them. No source map is named in the
 * output, because that storage refuses a reference to a file it cannot find.
 */

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";

const source = fileURLToPath(new URL(".", import.meta.url));
const target = fileURLToPath(new URL("../dist", import.meta.url));
const packages = fileURLToPath(new URL("../../node_modules", import.meta.url));

const STANDALONE_FOLDERS = ["pages", "worklets"];

/** Every script that a template names: pages, and worklets that browsers load by address. */
function scripts() {
  const found = {};
  for (const folder of STANDALONE_FOLDERS) {
    for (const name of scriptsIn(join(source, "js", folder))) {
      found[`js/${basename(name, ".js")}`] = join(source, "js", folder, name);
    }
  }
  return found;
}

function scriptsIn(folder) {
  try {
    return readdirSync(folder).filter((name) => extname(name) === ".js");
  } catch (error) {
    if (error.code === "ENOENT") return [];
    throw error;
  }
}

function icon(name) {
  const svg = readFileSync(join(packages, "lucide-static/icons", `${name}.svg`), "utf8");
  const drawing = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawing.replaceAll(/\s*\n\s*/g, "")}</symbol>`;
}

function writeIcons() {
  const names = JSON.parse(readFileSync(join(source, "icons.json"), "utf8"));
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${names.map(icon).join("\n")}</svg>\n`;
  writeFileSync(join(target, "icons.svg"), sprite);
}

const options = {
  entryPoints: { app: join(source, "css/app.css"), ...scripts() },
  outdir: target,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome123", "firefox128", "safari17.5"],
  loader: { ".woff2": "file" },
  assetNames: "fonts/[name]",
  nodePaths: [packages],
  logLevel: "warning",
};

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
writeIcons();
writeFileSync(join(target, "favicon.svg"), readFileSync(join(source, "favicon.svg")));
if (process.argv.includes("--watch")) {
  await (await context(options)).watch();
} else {
  await build(options);
}
