/**
 * What the extension may ask the kernel about an object that is registered for inspection, a row a question. Both ends are
 * mapped types over {@link Questions}: a question without an answer in the engine, or without a check in the extension,
 * does not compile.
 */

/** What every row says. Numbers by the thousand are Float32 buffers beside the JSON, in the order of the tuple. */
export interface QuestionRow {
  ask: object;
  askFloats: Float32Array[];
  answer: object;
  answerFloats: Float32Array[];
}

/** What an object is, as far as that is known without computing. */
export interface ObjectFacts {
  /** "tensor", "module", "dataset", "chart"; "view" for the numbers of an output. */
  kind: string;
  /** Its class. */
  type: string;
  /** One input of a network, or one item's image: [C,H,W], or [features]. Absent if it is not known. */
  input?: number[];
  /** Items of a data set, images of a batch. */
  length?: number;
  /** A name for each label. */
  classes?: string[];
  /** What the data set's images were normalised with, one number a channel or one for all. */
  mean?: number[];
  std?: number[];
}

/** Statistics of a tensor's finite numbers, and where it has others. */
export interface TensorStatistics {
  count: number;
  /** Null where no number is finite. */
  min: number | null;
  max: number | null;
  mean: number | null;
  /** Of the population, divided by the count. */
  std: number | null;
  zeros: number;
  nan: number;
  infinite: number;
  /** Where the first number of each kind lies that is not finite, in row-major order: "NaN", "∞", "−∞", and an index for each dimension. */
  first: { number: string; at: number[] }[];
}

/** What a reader may tell a run of training: `step` and `epoch` let one more go by and pause, `reset` gives it new weights. */
export type RunCommand = "pause" | "resume" | "step" | "epoch" | "stop" | "reset";
/** What of a run a reader may set: `every` is the milliseconds between two drawings. */
export type RunControl = "lr" | "momentum" | "weightDecay" | "batchSize" | "every";

export interface Questions {
  /**
   * The numbers of one tile of a view as they were when it was drawn, at the size at which it is drawn (a pixel of a reduced
   * view is the mean of those it stands for); of a tensor, one plane over its last two dimensions.
   */
  values: {
    /** Both counted from 0; `mark` is the place of a grid in its view, default 0. */
    ask: { tile: number; mark?: number };
    askFloats: [];
    /** 3 channels for a tile in colour, otherwise 1. */
    answer: { channels: number; height: number; width: number };
    /** [channels,height,width], row-major. */
    answerFloats: [values: Float32Array];
  };
  /** What the object is. */
  facts: {
    ask: Record<never, never>;
    askFloats: [];
    answer: ObjectFacts;
    answerFloats: [];
  };
  /**
   * A view of the object as it is now, to be drawn as an output is; of a view of a network, the network's answers to another
   * image of the batch that it was made of.
   */
  view: {
    ask: {
      /** The first item of a data set or image of a batch that is shown, the one of a network, counted from 0; default 0. */
      from?: number;
      /** So many of them; default 24, at most 96. */
      count?: number;
      /**
       * What a network runs on: an image of a data set or of a tensor of images, or the numbers that come beside. Without it
       * the view is of the network alone.
       */
      input?: { id: string; index: number } | { shape: number[] };
      /** The `parameters` of an earlier answer about this network, whose numbers the asker still has: they are left out if they are the same. */
      have?: string;
    };
    /** The numbers of `input.shape`, row-major. */
    askFloats: [] | [image: Float32Array];
    answer: {
      /** The `View` of src/marks, as the MIME type carries it. */
      view: object;
      /** Of a tensor. */
      statistics?: TensorStatistics;
      /** Of a run of training that is over: the MIME bundle that its output is to be in the saved notebook. */
      bundle?: object;
      /** Of a network that was run: the shape of its input, without the batch. */
      input?: number[];
      /** Of a network that was run on an image of a data set: the class that the data set says. */
      truth?: number;
      /** Of a network whose view carries its parameters: a name of their numbers, which others have another of. */
      parameters?: string;
    };
    /** Of a network whose output is one row of scores: the probability of each class, as its view shows them. */
    answerFloats: [] | [shares: Float32Array];
  };
  /**
   * Of a network that a view explains: what units of a node answered, `from` and the `count - 1` behind it. Here and in the rows
   * below `image` is one of the batch that the view was made of; default the one that it was made with.
   */
  activations: {
    ask: { node: number; from: number; count: number; image?: number };
    askFloats: [];
    /** A unit of a layer without maps is a map of one number. */
    answer: { units: number; height: number; width: number };
    /** [units,height,width], row-major. */
    answerFloats: [values: Float32Array];
  };
  /** Numbers of a parameter of such a node: `from` and the `count - 1` behind it, counted row by row. */
  parameters: {
    ask: { node: number; name: string; from: number; count: number; image?: number };
    askFloats: [];
    answer: object;
    answerFloats: [values: Float32Array];
  };
  /** How number `at` of such a node came about, term by term. */
  explanation: {
    ask: { node: number; at: number; image?: number };
    askFloats: [];
    answer: {
      /** In double precision; null stands for NaN. */
      result: number | null;
      bias?: number | null;
      winner?: number;
      divisor?: number;
      named?: Record<string, number>;
      /** The first input channel that took part, and the number of terms of each. */
      channels?: { first: number; terms: number };
      /** The place from which those of the weights are counted; absent where there are no weights. */
      weightFrom?: number;
    };
    /** One number a term each; without weights the last two are empty. A place of -1 lies in the padding. */
    answerFloats: [
      values: Float32Array,
      places: Float32Array,
      operands: Float32Array,
      weights: Float32Array,
      weightPlaces: Float32Array,
    ];
  };
  /** How the loss' gradient with respect to number `at` of such a node's weight comes about, pair by pair. */
  weightGradient: {
    ask: { node: number; at: number; image?: number };
    askFloats: [];
    answer: { sum: number | null };
    answerFloats: [values: Float32Array, places: Float32Array, upstreams: Float32Array, outputPlaces: Float32Array];
  };
  /** Steers a run of training. Obeyed in the order in which they come, between two steps. */
  control: {
    ask: { command: RunCommand } | { set: RunControl; value: number };
    askFloats: [];
    /** The `training` mark of src/marks as it is then, to be drawn at once. */
    answer: { mark: object };
    answerFloats: [];
  };
}

export type QuestionName = keyof Questions;

/** What answers a question: its JSON and its buffers. */
export interface AnswerTo<Name extends QuestionName> {
  content: Questions[Name]["answer"];
  floats: Questions[Name]["answerFloats"];
}
