/**
What a licence asks of the one who downloads.
*/
export type LicenseTerms = {
	/**
	`free`: well known, and anybody may use the model for anything, or nearly. `unknown`: the repository names none. `restricted`: it has terms that one has to know and agree to.
	*/
	readonly kind: 'free' | 'unknown' | 'restricted';
	/**
	What consent is kept under: the licence where its name means the same text everywhere, else the licence of this one repository.
	*/
	readonly key: string;
	/**
	What it is called.
	*/
	readonly title: string;
	/**
	Where to read it; always https.
	*/
	readonly address: string;
	/**
	The repository that names it.
	*/
	readonly repository: string;
};

/**
A licence that was accepted.
*/
export type LicenseConsent = {
	readonly key: string;
	readonly title: string;
	readonly address: string;
	/**
	The repository that it was accepted for first.
	*/
	readonly repository: string;
	/**
	ISO 8601.
	*/
	readonly acceptedAt: string;
};
