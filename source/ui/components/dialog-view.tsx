import {type Dialog} from '../../state/dialog.js';
import {type AppState} from '../../state/state.js';
import {ChoiceView} from './choice-view.js';
import {ConfirmView} from './confirm-view.js';
import {HelpView} from './help-view.js';
import {PaletteView} from './palette-view.js';
import {PromptView} from './prompt-view.js';
import {RoomView} from './room-view.js';

export type DialogViewProps = {
	readonly state: AppState;
	readonly dialog: Dialog;
	readonly height: number;
};

/**
A dialog takes the place of the tab until it is closed.
*/
export function DialogView({state, dialog, height}: DialogViewProps) {
	const {columns} = state.screen;
	switch (dialog.kind) {
		case 'help': {
			return <HelpView state={state} dialog={dialog} width={columns} height={height}/>;
		}

		case 'palette': {
			return <PaletteView state={state} dialog={dialog} width={columns} height={height}/>;
		}

		case 'confirm': {
			return <ConfirmView dialog={dialog} width={columns} height={height}/>;
		}

		case 'choice': {
			return <ChoiceView dialog={dialog} width={columns} height={height}/>;
		}

		case 'room': {
			return <RoomView state={state} dialog={dialog} width={columns} height={height}/>;
		}

		case 'prompt': {
			return <PromptView dialog={dialog} width={columns} height={height}/>;
		}
	}
}
