"""Password hashing at a cost that many sign-ins at once can bear: 19 MiB, two passes."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with the parameters measured for a small server."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
