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
        "question": (0.942, 0.9248, 1311, 2512),
        "open": (0.7686, 0.7774, 687, 548),
        "reflection": (0.7622, 0.8341, 1152, 2671),
        "input": (0.6822, 0.8788, 623, 3200),
        "information": (0.6089, 0.9111, 358, 3465),
        "advice": (0.1875, 0.9828, 112, 3711),
        "main_input": (0.6502, 0.9231, 506, 3317),
    },
    ("quick", "bare"): {
        "question": (0.791, 0.9112, 1311, 2512),
        "open": (0.8147, 0.7109, 653, 384),
        "reflection": (0.763, 0.8364, 1152, 2671),
        "input": (0.6421, 0.8797, 623, 3200),
        "information": (0.5866, 0.9131, 358, 3465),
        "advice": (0.1696, 0.9836, 112, 3711),
        "main_input": (0.5949, 0.9252, 506, 3317),
    },
    ("careful", "marked"): {
        "question": (0.9413, 0.9275, 1311, 2512),
        "open": (0.7786, 0.7827, 691, 543),
        "reflection": (0.75, 0.8663, 1152, 2671),
        "input": (0.679, 0.9081, 623, 3200),
        "information": (0.6089, 0.9313, 358, 3465),
        "advice": (0.1607, 0.9876, 112, 3711),
        "main_input": (0.6759, 0.9394, 506, 3317),
    },
    ("careful", "bare"): {
        "question": (0.7811, 0.9287, 1311, 2512),
        "open": (0.8178, 0.6954, 653, 371),
        "reflection": (0.7891, 0.845, 1152, 2671),
        "input": (0.626, 0.9034, 623, 3200),
        "information": (0.5754, 0.9313, 358, 3465),
        "advice": (0.1429, 0.9906, 112, 3711),
        "main_input": (0.5988, 0.9436, 506, 3317),
    },
}
