"""How often each engine is right, on conversations it had not seen; written by `holdspace listening train`.

Each entry is (sensitivity, specificity, positives, negatives). Sensitivity is the share of turns that people
coded so and the coder found; specificity the share of the others it left alone; the counts say what each rests on.
`question`, `reflection`, `input` (any kind), `advice`, `information` run over all coach turns;
`open` runs over turns that both people and coder call a question, and holds for open among questions.
`main_input` is the class "input" of the head `main`. The keys name the engine and whether the text was punctuated
("marked") or not ("bare"). Source: AnnoMI, 5 folds grouped by video, acted conversations about health.
"""

RATES: dict[tuple[str, str], dict[str, tuple[float, float, int, int]]] = {
    ("quick", "marked"): {
        "question": (0.9367, 0.9268, 1311, 2512),
        "open": (0.7723, 0.7772, 685, 543),
        "reflection": (0.7717, 0.8289, 1152, 2671),
        "input": (0.6774, 0.8797, 623, 3200),
        "information": (0.5978, 0.9128, 358, 3465),
        "advice": (0.1786, 0.9833, 112, 3711),
        "main_input": (0.6008, 0.9361, 506, 3317),
    },
    ("quick", "bare"): {
        "question": (0.7895, 0.9112, 1311, 2512),
        "open": (0.8193, 0.7147, 653, 382),
        "reflection": (0.7847, 0.8233, 1152, 2671),
        "input": (0.6485, 0.8722, 623, 3200),
        "information": (0.5838, 0.9082, 358, 3465),
        "advice": (0.1786, 0.9828, 112, 3711),
        "main_input": (0.6166, 0.9204, 506, 3317),
    },
    ("careful", "marked"): {
        "question": (0.9359, 0.9311, 1311, 2512),
        "open": (0.7875, 0.7963, 687, 540),
        "reflection": (0.7691, 0.8626, 1152, 2671),
        "input": (0.626, 0.9253, 623, 3200),
        "information": (0.6061, 0.9351, 358, 3465),
        "advice": (0.1518, 0.9911, 112, 3711),
        "main_input": (0.6304, 0.9457, 506, 3317),
    },
    ("careful", "bare"): {
        "question": (0.778, 0.9339, 1311, 2512),
        "open": (0.8328, 0.6929, 652, 368),
        "reflection": (0.7951, 0.8424, 1152, 2671),
        "input": (0.5987, 0.9181, 623, 3200),
        "information": (0.5754, 0.933, 358, 3465),
        "advice": (0.0893, 0.9927, 112, 3711),
        "main_input": (0.6126, 0.9397, 506, 3317),
    },
}
