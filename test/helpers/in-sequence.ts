/**
Goes through the items one after another, for a loop whose steps must wait for each other: `for await (const item of inSequence(items))`.
@yields Each item.
*/
export async function * inSequence<Item>(items: Iterable<Item>): AsyncGenerator<Item, void, void> {
	yield * items;
}
