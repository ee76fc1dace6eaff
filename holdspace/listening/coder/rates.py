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
        "question": (0.9336, 0.9323, 1311, 2512),
        "open": (0.7828, 0.7974, 686, 538),
        "reflection": (0.7682, 0.8633, 1152, 2671),
        "input": (0.6244, 0.9234, 623, 3200),
        "information": (0.6061, 0.933, 358, 3465),
        "advice": (0.1518, 0.9908, 112, 3711),
        "main_input": (0.6285, 0.946, 506, 3317),
    },
    ("careful", "bare"): {
        "question": (0.7826, 0.9343, 1311, 2512),
        "open": (0.8333, 0.707, 654, 372),
        "reflection": (0.7917, 0.8446, 1152, 2671),
        "input": (0.6116, 0.9194, 623, 3200),
        "information": (0.5754, 0.9328, 358, 3465),
        "advice": (0.0714, 0.9916, 112, 3711),
        "main_input": (0.6225, 0.9421, 506, 3317),
    },
}
