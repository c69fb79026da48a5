# .env: made once from .env.example, with secrets of its own.

configuration() {
    if [ -e .env ] || [ ! -e .env.example ]; then return; fi
    .venv/bin/python infra/setup/make_env.py
    say "Wrote .env with fresh secrets; every setting is explained in it."
}
