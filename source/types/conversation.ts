import {type ChatMessage, type GenerationStatistics, type SamplingSettings} from './generation.js';

export type ConversationMessage = ChatMessage & {
	/**
	Present on answers.
	*/
	readonly statistics?: GenerationStatistics;
	/**
	The answer was stopped before its end.
	*/
	readonly stopped?: boolean;
};

/**
A chat as kept on disk.
*/
export type Conversation = {
	readonly id: string;
	/**
	The first question, cut to one line.
	*/
	readonly title: string;
	readonly modelId: string;
	readonly systemPrompt: string;
	readonly sampling: SamplingSettings;
	/**
	User and assistant messages only.
	*/
	readonly messages: readonly ConversationMessage[];
	readonly createdAt: string;
	readonly updatedAt: string;
};
