import {type Provider} from './provider.js';

/**
One provider out of several: the first that serves a model answers for it. Where none does, the first says why.
*/
export function createProvider(first: Provider, ...others: readonly Provider[]): Provider {
	const find = async (model: string): Promise<Provider | undefined> => {
		const serving = await Promise.all([first, ...others].map(async provider => await provider.serves(model) ? provider : undefined));
		return serving.find(provider => provider !== undefined);
	};

	return {
		id: 'any',
		serves: async model => await find(model) !== undefined,
		async generate(model, request, options) {
			const provider = await find(model) ?? first;
			return provider.generate(model, request, options);
		},
	};
}
