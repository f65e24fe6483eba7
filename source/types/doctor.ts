/**
One thing that `remuda doctor` looked at.
*/
export type DoctorCheck = {
	readonly id: string;
	readonly label: string;
	readonly status: 'ok' | 'warning' | 'error';
	readonly detail: string;
	readonly hint?: string;
};
