"""What `collections` has beside its containers: chains of dicts, and classes to derive dicts and lists from."""


class ChainMap:
    """Several dicts as one: the first that has a key answers, and only the first is changed."""

    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __getitem__(self, key):
        for mapping in self.maps:
            if key in mapping:
                return mapping[key]
        raise KeyError(key)

    def get(self, key, default=None):
        """The value of a key, or the default."""
        for mapping in self.maps:
            if key in mapping:
                return mapping[key]
        return default

    def __contains__(self, key):
        return any(key in mapping for mapping in self.maps)

    def __len__(self):
        return len(self._merged())

    def _merged(self):
        merged = {}
        for mapping in reversed(self.maps):
            for key in mapping:
                merged[key] = mapping[key]
        return merged

    def __iter__(self):
        return iter(list(self._merged()))

    def keys(self):
        """The keys of all dicts."""
        return self._merged().keys()

    def values(self):
        """The values that the keys have."""
        return self._merged().values()

    def items(self):
        """The keys with their values."""
        return self._merged().items()

    def __bool__(self):
        return any(self.maps)

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        if key not in self.maps[0]:
            raise KeyError(f"Key not found in the first mapping: {key!r}")
        del self.maps[0][key]

    def pop(self, key):
        """Take a key out of the first dict."""
        if key not in self.maps[0]:
            raise KeyError(f"Key not found in the first mapping: {key!r}")
        return self.maps[0].pop(key)

    def setdefault(self, key, default):
        """The value of a key; the default is stored in the first dict if there is none."""
        if key in self:
            return self[key]
        self.maps[0][key] = default
        return default

    def update(self, other):
        """Store what another dict has in the first one."""
        for key in other:
            self.maps[0][key] = other[key]

    def new_child(self, m=None):
        """A chain with one more dict before these."""
        first = {} if m is None else m
        made = ChainMap(first)
        made.maps.extend(self.maps)
        return made

    @property
    def parents(self):
        """The chain without its first dict."""
        return ChainMap(*self.maps[1:])

    def __repr__(self):
        return f"ChainMap({', '.join([repr(each) for each in self.maps])})"

    def __eq__(self, other):
        return self._merged() == other._merged()
