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
        "question": (0.9367, 0.9275, 1311, 2512),
        "open": (0.7679, 0.7624, 685, 543),
        "reflection": (0.7717, 0.8293, 1152, 2671),
        "input": (0.6726, 0.8806, 623, 3200),
        "information": (0.581, 0.9134, 358, 3465),
        "advice": (0.1875, 0.9836, 112, 3711),
        "main_input": (0.5889, 0.937, 506, 3317),
    },
    ("quick", "bare"): {
        "question": (0.7849, 0.9152, 1311, 2512),
        "open": (0.8206, 0.7162, 652, 377),
        "reflection": (0.7847, 0.827, 1152, 2671),
        "input": (0.6565, 0.8706, 623, 3200),
        "information": (0.5726, 0.9094, 358, 3465),
        "advice": (0.2054, 0.9833, 112, 3711),
        "main_input": (0.6047, 0.9216, 506, 3317),
    },
    ("careful", "marked"): {
        "question": (0.9306, 0.9327, 1311, 2512),
        "open": (0.7865, 0.8022, 684, 536),
        "reflection": (0.7656, 0.8611, 1152, 2671),
        "input": (0.6292, 0.9228, 623, 3200),
        "information": (0.6089, 0.9336, 358, 3465),
        "advice": (0.1518, 0.9908, 112, 3711),
        "main_input": (0.6364, 0.9451, 506, 3317),
    },
    ("careful", "bare"): {
        "question": (0.775, 0.9407, 1311, 2512),
        "open": (0.8282, 0.6896, 652, 364),
        "reflection": (0.7882, 0.8428, 1152, 2671),
        "input": (0.6067, 0.9175, 623, 3200),
        "information": (0.5726, 0.9362, 358, 3465),
        "advice": (0.1429, 0.9908, 112, 3711),
        "main_input": (0.6166, 0.9397, 506, 3317),
    },
}
