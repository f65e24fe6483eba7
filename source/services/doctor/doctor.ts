import {type Abortable} from '../../types/abortable.js';
import {type DoctorCheck} from '../../types/doctor.js';

export type Doctor = {
	/**
	Looks at everything that commonly goes wrong; a failed check is a result, never an error.
	*/
	readonly check: (options: Abortable) => Promise<readonly DoctorCheck[]>;
};
