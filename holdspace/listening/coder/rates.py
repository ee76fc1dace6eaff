"""How often the coder is right, on conversations it had not seen; written by `training.evaluate --rates`.

Each entry is (sensitivity, specificity, positives, negatives). Sensitivity is the share of turns that people
coded so and the coder found; specificity the share of the others it left alone; the counts say what each rests on.
`question`, `reflection`, `input` (any kind), `advice`, `information` run over all coach turns;
`open` runs over turns that both people and coder call a question, and holds for open among questions.
`main_input` is the class "input" of the head `main`. `RATES` holds for punctuated text, `BARE_RATES` for text
without marks. Source: AnnoMI, 5 folds grouped by video, acted conversations about health.
"""

RATES: dict[tuple[str, str], dict[str, tuple[float, float, int, int]]] = {
    ("quick", "marked"): {
        "question": (0.9352, 0.926, 1311, 2512),
        "open": (0.7591, 0.7634, 685, 541),
        "reflection": (0.7899, 0.8207, 1152, 2671),
        "input": (0.6629, 0.8794, 623, 3200),
        "information": (0.5726, 0.9117, 358, 3465),
        "advice": (0.1786, 0.9787, 112, 3711),
        "main_input": (0.6245, 0.9328, 506, 3317),
    },
    ("quick", "bare"): {
        "question": (0.8002, 0.9076, 1311, 2512),
        "open": (0.8067, 0.699, 657, 392),
        "reflection": (0.7891, 0.8109, 1152, 2671),
        "input": (0.6533, 0.8697, 623, 3200),
        "information": (0.5698, 0.9079, 358, 3465),
        "advice": (0.2321, 0.9784, 112, 3711),
        "main_input": (0.6107, 0.9228, 506, 3317),
    },
    ("careful", "marked"): {
        "question": (0.9352, 0.926, 1311, 2512),
        "open": (0.7591, 0.7634, 685, 541),
        "reflection": (0.7899, 0.8207, 1152, 2671),
        "input": (0.6629, 0.8794, 623, 3200),
        "information": (0.5726, 0.9117, 358, 3465),
        "advice": (0.1786, 0.9787, 112, 3711),
        "main_input": (0.6245, 0.9328, 506, 3317),
    },
    ("careful", "bare"): {
        "question": (0.8002, 0.9076, 1311, 2512),
        "open": (0.8067, 0.699, 657, 392),
        "reflection": (0.7891, 0.8109, 1152, 2671),
        "input": (0.6533, 0.8697, 623, 3200),
        "information": (0.5698, 0.9079, 358, 3465),
        "advice": (0.2321, 0.9784, 112, 3711),
        "main_input": (0.6107, 0.9228, 506, 3317),
    },
}
