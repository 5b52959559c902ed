/* The text of files as Node's readers get it: node peer.mjs mammoth|pdfjs-dist FILE…; the packages lie in $VANTHU_PEERS. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(process.env.VANTHU_PEERS + '/');
const [reader, ...files] = process.argv.slice(2);

async function byMammoth() {
	const mammoth = require('mammoth');
	return async path => (await mammoth.extractRawText({ path })).value;
}

async function byPdfjs() {
	const pdfjs = await import(pathToFileURL(require.resolve('pdfjs-dist/legacy/build/pdf.mjs')));
	return async path => {
		const task = pdfjs.getDocument({ data: new Uint8Array(fs.readFileSync(path)), verbosity: 0 });
		const document = await task.promise;
		let text = '';
		for (let i = 1; i <= document.numPages; i++)
			for (const item of (await (await document.getPage(i)).getTextContent()).items)
				text += item.str;
		await task.destroy();
		return text;
	};
}

const read = await { mammoth: byMammoth, 'pdfjs-dist': byPdfjs }[reader]();
for (const file of files)
	if ((await read(file)).length < 100)
		throw new Error(file + ': no text');
