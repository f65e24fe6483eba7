// A process of its own that writes to a storage: FILE NAMESPACE PREFIX COUNT. It prints each key once the record is kept;
// after an error its code, and how many records can be read.
// With COUNTER in place of PREFIX it adds one to the same record each time.
import process from 'node:process';
import * as z from 'zod/mini';
import {openStorage} from '../../../source/services/storage/open-storage.js';
import {inSequence} from '../../helpers/in-sequence.js';

const [path = '', namespace = '', prefix = '', count = '0'] = process.argv.slice(2);
const storage = openStorage({path});
const records = storage.records(namespace, z.object({value: z.number()}));
try {
	for await (const index of inSequence(Array.from({length: Number(count)}).keys())) {
		if (prefix === 'COUNTER') {
			await records.update('counter', current => ({value: (current?.value ?? 0) + 1}));
		} else {
			await records.put(`${prefix}${index}`, {value: index});
		}

		process.stdout.write(`${prefix}${index}\n`);
	}
} catch (error) {
	const kept = await records.list();
	process.stdout.write(`${(error as {code?: string}).code} ${kept.length}\n`);
}

await storage.close();
