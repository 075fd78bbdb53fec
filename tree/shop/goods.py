def price(name: str) -> float:
    return len(name) * 1.5
