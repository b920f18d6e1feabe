import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { pageRelease } from './scripts/page-release.ts';

export default defineConfig({
  root: pathOf('client'),
  plugins: [react(), release(), drawings(), plainJsx(), plainImports(), questionsOnly(), preloadFont(), precompress(), mapsApart()],
  build: {
    outDir: pathOf('dist/client'),
    emptyOutDir: true,
    sourcemap: 'hidden',
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: false,
    rolldownOptions: {
      // The shared schemas are declarations: what the page does not read costs it nothing.
      treeshake: { manualPureFunctions: ['z'] },
      // All that the first look needs in one file: in many, each would be compressed for itself.
      output: { codeSplitting: { groups: [{ name: 'page', tags: ['$initial'] }] } },
    },
  },
});

function pathOf(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** Tells the page which build it is, so that what it reports finds its source map. */
function release(): Plugin {
  return {
    name: 'release',
    apply: 'build',
    config: async () => ({ define: { 'import.meta.env.VITE_RELEASE': JSON.stringify(await pageRelease(pathOf('.'))) } }),
  };
}

/** Lays the drawings into the page, where every icon refers to one: they are no code, and there is nothing to wait for. */
function drawings(): Plugin {
  return {
    name: 'drawings',
    async transformIndexHtml(html) {
      const svg = await readFile(pathOf('client/ui/drawings.svg'), 'utf8');
      return html.replace('<body>', () => `<body>\n${svg}`);
    },
  };
}

/** React is CommonJS, so that each element would be made by a call through its module. This hands the functions on as they are. */
function plainJsx(): Plugin {
  const id = '\0plain-jsx';
  return {
    name: 'plain-jsx',
    apply: 'build',
    enforce: 'pre',
    resolveId: {
      filter: { id: /^react\/jsx-runtime$/ },
      handler: (_, importer) => (importer === id ? null : id),
    },
    load: {
      filter: { id: /plain-jsx$/ },
      handler: () => "import runtime from 'react/jsx-runtime';\nexport const { jsx, jsxs, Fragment } = runtime;",
    },
  };
}

/** All styles come with the page: what is imported later brings none of its own, and needs no helper that would wait for them. */
function plainImports(): Plugin {
  return {
    name: 'plain-imports',
    apply: 'build',
    enforce: 'pre',
    load: {
      filter: { id: /vite\/preload-helper/ },
      handler: () => 'export const __vitePreload = (load) => load();',
    },
  };
}

/**
 * The page only asks through React Query; what it changes it sends itself. Every client makes a cache of mutations all
 * the same, which would bring all that they need. The linter keeps the page from wanting one.
 */
function questionsOnly(): Plugin {
  return {
    name: 'questions-only',
    apply: 'build',
    enforce: 'pre',
    load: {
      filter: { id: /query-core\/build\/modern\/mutationCache\.js$/ },
      handler: () => 'export class MutationCache { resumePausedMutations = async () => {}; findAll = () => []; clear() {} }',
    },
  };
}

/** Asks for the text face together with the styles, so that the first words are drawn in it. */
function preloadFont(): Plugin {
  return {
    name: 'preload-font',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle }) {
        const font = Object.keys(bundle ?? {}).find((name) => /hanken-grotesk-latin-wght.*\.woff2$/.test(name));
        const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${font}`, crossorigin: '' };
        return [{ tag: 'link', attrs, injectTo: 'head-prepend' }];
      },
    },
  };
}

/** Writes a .br and a .gz beside every text file, so that the server never compresses while somebody waits. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    enforce: 'post',
    async writeBundle({ dir }) {
      if (dir === undefined) return;
      const files = await readdir(dir, { recursive: true });
      const texts = files.filter((name) => /\.(?:html|js|css|svg|txt|json)$/.test(name));
      await Promise.all(texts.map((name) => compress(join(dir, name))));
    },
  };
}

/** Puts the source maps where no address leads: they are for whoever runs the service. */
function mapsApart(): Plugin {
  const folder = pathOf('dist/maps');
  return {
    name: 'maps-apart',
    apply: 'build',
    enforce: 'post',
    async writeBundle({ dir = '' }, bundle) {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
      const maps = Object.keys(bundle).filter((name) => name.endsWith('.map'));
      await Promise.all(maps.map((name) => rename(join(dir, name), join(folder, basename(name)))));
    },
  };
}

async function compress(file: string): Promise<void> {
  const content = await readFile(file);
  const brotli = promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } });
  const gzipped = promisify(gzip)(content, { level: 9 });
  await Promise.all([writeFile(`${file}.br`, await brotli), writeFile(`${file}.gz`, await gzipped)]);
}
