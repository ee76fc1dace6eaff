"""How often the coder is right, on conversations it had not seen; written by `training.evaluate --rates`.

Each entry is (sensitivity, specificity, positives, negatives). Sensitivity is the share of turns that people
coded so and the coder found; specificity the share of the others it left alone; the counts say what each rests on.
`question`, `reflection`, `input` (any kind), `advice`, `information` run over all coach turns;
`open` runs over turns that both people and coder call a question, and holds for open among questions.
`main_input` is the class "input" of the head `main`. `RATES` holds for punctuated text, `BARE_RATES` for text
without marks. Source: AnnoMI, 5 folds grouped by video, acted conversations about health.
"""

RATES: dict[str, tuple[float, float, int, int]] = {
    "question": (0.9321, 0.9268, 1311, 2512),
    "open": (0.7613, 0.7644, 683, 539),
    "reflection": (0.77, 0.8267, 1152, 2671),
    "input": (0.6292, 0.8931, 623, 3200),
    "information": (0.5363, 0.9215, 358, 3465),
    "advice": (0.2054, 0.9833, 112, 3711),
    "main_input": (0.6344, 0.9313, 506, 3317),
}

BARE_RATES: dict[str, tuple[float, float, int, int]] = {
    "question": (0.7857, 0.9144, 1311, 2512),
    "open": (0.8025, 0.6897, 653, 377),
    "reflection": (0.7743, 0.821, 1152, 2671),
    "input": (0.6132, 0.8897, 623, 3200),
    "information": (0.5307, 0.9201, 358, 3465),
    "advice": (0.2143, 0.9828, 112, 3711),
    "main_input": (0.6087, 0.9255, 506, 3317),
}
