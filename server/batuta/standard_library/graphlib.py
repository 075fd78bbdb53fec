"""Operates with graph-like structures: an order in which everything comes after what it needs."""

_WAITING = 0
_READY = 1
_DONE = 2


class CycleError(ValueError):
    """Raised when the graph has a cycle, which is the second argument: a list of nodes, the first one again at its end."""


class TopologicalSorter:
    """Sorts the nodes of a graph, each after all of its predecessors."""

    def __init__(self, graph=None):
        self._names = []
        self._places = {}
        self._missing = []
        self._followers = []
        self._states = []
        self._prepared = False
        self._ready = []
        self._passed_out = 0
        self._finished = 0
        if graph is not None:
            for node, predecessors in graph.items():
                self.add(node, *predecessors)

    def _place(self, node):
        place = self._places.get(node, -1)
        if place < 0:
            place = len(self._names)
            self._places[node] = place
            self._names.append(node)
            self._missing.append(0)
            self._followers.append([])
            self._states.append(_WAITING)
        return place

    def add(self, node, *predecessors):
        """Add a node that comes after its predecessors."""
        if self._prepared:
            raise ValueError("Nodes cannot be added after a call to prepare()")
        place = self._place(node)
        self._missing[place] += len(predecessors)
        for each in predecessors:
            self._followers[self._place(each)].append(place)

    def prepare(self):
        """Mark the graph as finished and look for cycles."""
        if self._prepared:
            raise ValueError("cannot prepare() more than once")
        self._ready = [place for place in range(len(self._names)) if self._missing[place] == 0]
        for place in self._ready:
            self._states[place] = _READY
        self._prepared = True
        cycle = self._find_cycle()
        if cycle:
            raise CycleError("nodes are in a cycle", [self._names[place] for place in cycle])

    def get_ready(self):
        """The nodes whose predecessors are all done, each once."""
        if not self._prepared:
            raise ValueError("prepare() must be called first")
        found = tuple(self._names[place] for place in self._ready)
        self._passed_out += len(self._ready)
        self._ready.clear()
        return found

    def is_active(self):
        """Whether there is more to do."""
        if not self._prepared:
            raise ValueError("prepare() must be called first")
        return self._finished < self._passed_out or bool(self._ready)

    def __bool__(self):
        return self.is_active()

    def done(self, *nodes):
        """Mark nodes as done, so that what waits for them may become ready."""
        if not self._prepared:
            raise ValueError("prepare() must be called first")
        for node in nodes:
            place = self._places.get(node, -1)
            if place < 0:
                raise ValueError(f"node {node!r} was not added using add()")
            if self._missing[place] > 0:
                raise ValueError(f"node {node!r} was not passed out (still not ready)")
            if self._states[place] == _DONE:
                raise ValueError(f"node {node!r} was already marked done")
            self._states[place] = _DONE
            self._finished += 1
            for follower in self._followers[place]:
                self._missing[follower] -= 1
                if self._missing[follower] == 0:
                    self._states[follower] = _READY
                    self._ready.append(follower)

    def static_order(self):
        """All nodes in an order that the graph allows."""
        self.prepare()
        while self.is_active():
            group = self.get_ready()
            yield from group
            self.done(*group)

    def _find_cycle(self):
        stack = []
        rest = []
        seen = set()
        on_stack = {}
        for start in range(len(self._names)):
            if start in seen:
                continue
            place = start
            while True:
                if place in seen:
                    if place in on_stack:
                        return [*stack[on_stack[place] :], place]
                else:
                    seen.add(place)
                    rest.append(0)
                    on_stack[place] = len(stack)
                    stack.append(place)
                found = False
                while stack:
                    top = stack[-1]
                    if rest[-1] < len(self._followers[top]):
                        place = self._followers[top][rest[-1]]
                        rest[-1] += 1
                        found = True
                        break
                    on_stack.pop(stack.pop())
                    rest.pop()
                if not found:
                    break
        return []
