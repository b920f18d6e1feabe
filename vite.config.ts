import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

// What draws the list, in one file: a browser that has downloads fetches it together with the page.
const listModules =
  /client\/(?:downloads\/(?:dashboard|download-(?:list|row)|fail|filter|headline|page-title|row-(?!glyph|menu-layer)|rows|skeleton)|ui\/(?:file-name|moments|sizes|spans|track)\b)/;

export default defineConfig({
  root: fileURLToPath(new URL('client', import.meta.url)),
  plugins: [react(), preload(), precompress()],
  build: {
    outDir: fileURLToPath(new URL('dist/client', import.meta.url)),
    emptyOutDir: true,
    sourcemap: 'hidden',
    assetsInlineLimit: 0,
    rolldownOptions: {
      // The shared schemas are declarations: what the page does not read costs it nothing.
      treeshake: { manualPureFunctions: ['z'] },
      output: { codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: 'list', test: listModules }] } },
    },
    modulePreload: { polyfill: false },
  },
});

/**
 * Asks for the text face together with the styles, so that the first words are drawn in it, and tells the script in the
 * head where the list is, which it asks for when this browser has downloads.
 */
function preload(): Plugin {
  return {
    name: 'preload',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const names = Object.keys(bundle ?? {});
        const font = names.find((name) => /hanken-grotesk-latin-wght.*\.woff2$/.test(name));
        const list = names.filter((name) => /\/list-[\w-]+\.(?:js|css)$/.test(name)).map((name) => `/${name}`);
        const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${font}`, crossorigin: '' };
        return {
          html: html.replace('src="/before-paint.js"', `src="/before-paint.js" data-list="${list.join(' ')}"`),
          tags: [{ tag: 'link', attrs, injectTo: 'head-prepend' }],
        };
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

async function compress(file: string): Promise<void> {
  const content = await readFile(file);
  const brotli = promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } });
  const gzipped = promisify(gzip)(content, { level: 9 });
  await Promise.all([writeFile(`${file}.br`, await brotli), writeFile(`${file}.gz`, await gzipped)]);
}
