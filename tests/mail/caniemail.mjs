// What mail programs lack of the features of the HTML on stdin, by caniemail's data: {"title": {"clients": […], "notes": […]}}.
// node caniemail.mjs PACKAGE CLIENT…
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [folder, ...clients] = process.argv.slice(2);
const { caniemail } = await import(pathToFileURL(`${folder}/dist/index.js`).href);
const { issues } = caniemail({ clients, html: readFileSync(0, 'utf8') });
const found = {};
for (const kind of ['errors', 'warnings'])
  for (const [client, ofClient] of issues[kind])
    for (const issue of ofClient) {
      const row = (found[issue.title] ??= { clients: new Set(), notes: new Set() });
      row.clients.add(client);
      for (const note of issue.notes ?? []) row.notes.add(note);
    }
const plain = ([title, { clients, notes }]) => [title, { clients: [...clients].sort(), notes: [...notes] }];
console.log(JSON.stringify(Object.fromEntries(Object.entries(found).map(plain))));
