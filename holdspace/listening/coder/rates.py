"""How often each engine is right on conversations it never saw; written by `holdspace listening train`.

Each entry is (sensitivity, specificity, positives, negatives). Sensitivity is the share of turns that people
coded so and the coder found; specificity the share of the others it left alone; the counts say what each rests on.
`question`, `reflection`, `input` (any kind), `advice`, `information` run over all coach turns;
`open` runs over turns that both people and coder call a question, and holds for open among questions.
`main_input` is the class "input" of the head `main`. The keys name the engine and whether the text was punctuated
("marked") or not ("bare"). Source: AnnoMI, 5 folds grouped by video, acted conversations about health.
"""

RATES: dict[tuple[str, str], dict[str, tuple[float, float, int, int]]] = {
    ("quick", "marked"): {
        "question": (0.9367, 0.9279, 1311, 2512),
        "open": (0.7719, 0.7702, 684, 544),
        "reflection": (0.77, 0.83, 1152, 2671),
        "input": (0.6726, 0.8816, 623, 3200),
        "information": (0.5866, 0.914, 358, 3465),
        "advice": (0.1875, 0.983, 112, 3711),
        "main_input": (0.5988, 0.9337, 506, 3317),
    },
    ("quick", "bare"): {
        "question": (0.7895, 0.9168, 1311, 2512),
        "open": (0.811, 0.7203, 656, 379),
        "reflection": (0.7812, 0.8214, 1152, 2671),
        "input": (0.6597, 0.8712, 623, 3200),
        "information": (0.5782, 0.9091, 358, 3465),
        "advice": (0.2143, 0.9825, 112, 3711),
        "main_input": (0.6047, 0.9219, 506, 3317),
    },
    ("careful", "marked"): {
        "question": (0.9329, 0.9323, 1311, 2512),
        "open": (0.7883, 0.7862, 685, 538),
        "reflection": (0.763, 0.8637, 1152, 2671),
        "input": (0.6244, 0.9253, 623, 3200),
        "information": (0.595, 0.9342, 358, 3465),
        "advice": (0.1518, 0.9911, 112, 3711),
        "main_input": (0.6225, 0.9475, 506, 3317),
    },
    ("careful", "bare"): {
        "question": (0.7727, 0.9407, 1311, 2512),
        "open": (0.8274, 0.6896, 649, 364),
        "reflection": (0.7995, 0.8401, 1152, 2671),
        "input": (0.6035, 0.9184, 623, 3200),
        "information": (0.5726, 0.9356, 358, 3465),
        "advice": (0.1339, 0.9911, 112, 3711),
        "main_input": (0.6146, 0.9403, 506, 3317),
    },
}
