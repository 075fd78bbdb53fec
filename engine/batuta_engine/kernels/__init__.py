"""What is computed: one plain typed function for each operation, in the words of one element, one row or one loop.

Every backend is made from the same functions (`batuta_engine.backends`), so that an operation is written once.
"""
