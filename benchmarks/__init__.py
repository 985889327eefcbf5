"""How quickly the desk answers: `make bench`. Each file measures one thing; `__main__` prints them all."""
