"""Random assessments, as rows {"assessment": ..., "request": ...}.

How ill a person is differs from one to the next, because evenly drawn answers would make everybody an emergency; counts
are drawn near the places where the rules tell them apart as often as anywhere. Half of the people are drawn again until
no constraint is violated, nobody is out of scope and no stop alert holds; the others are taken as they come.
"""

from pack import Evaluation, fold, parts_of


class People:
    def __init__(self, pack, random):
        self.pack, self.random = pack, random
        evaluation = Evaluation(pack)
        self.constraints = [fold(constraint, evaluation) for constraint in pack.constraints]
        self.unplaced = [fold(pack.conditions[rule], evaluation)
                         for rule in pack.of_kind("out_of_scope") + pack.of_kind("alert", urgency="stop")]
        self.edges = {field: set() for field in pack.fields}
        for condition in [*pack.conditions.values(), *pack.constraints, *pack.flag_terms.values()]:
            self.note_edges(condition)

    def note_edges(self, condition):
        if condition[0] == "in":
            _, field, places = condition
            self.edges[field] |= {p for p in self.pack.fields[field].places
                                  if any((p in places) != (other in places) for other in (p - 1, p + 1)
                                         if other in self.pack.fields[field].places)}
        for part in parts_of(condition):
            self.note_edges(part)

    def place(self, field, illness):
        """A random value; the better end, or the first of a category, the likelier the less ill the person is."""
        if self.random.random() > illness:
            return field.high if field.worse == "lower" else 0
        edges = sorted(self.edges[field.id])
        if field.kind == "count" and edges and self.random.random() < 0.5:
            return self.random.choice(edges)
        return self.random.choice(field.places)

    def complete(self):
        """Field id -> place, for every field."""
        illness = self.random.choice([0.05, 0.15, 0.3, 0.6, 1.0])
        for _ in range(200 if self.random.random() < 0.5 else 1):
            answers = {field.id: self.place(field, illness) for field in self.pack.fields.values()}
            answers["age_years"] = self.random.choice([self.random.randrange(18, 90), answers["age_years"]])
            if all(constraint(answers) for constraint in self.constraints) and \
                    not any(condition(answers) for condition in self.unplaced):
                break
        return answers

    def request(self):
        level = self.random.choice([None, *self.pack.levels])
        return {} if level is None else {"current_level": level}

    def full_row(self):
        answers = self.complete()
        return {"assessment": {field.id: field.value_at(answers[field.id]) for field in self.pack.fields.values()},
                "request": self.request()}

    def partial_row(self, vague):
        """Some answers known, some not; where `vague` some partly known."""
        answers, assessment = self.complete(), {}
        known = self.random.choice([0.1, 0.4, 0.7, 0.95, 1.0])
        for field in self.pack.fields.values():
            place = answers[field.id]
            if self.random.random() < known:
                assessment[field.id] = field.value_at(place)
            elif vague and field.high > 1 and self.random.random() < 0.3:
                assessment[field.id] = self.vague_answer(field, place)
        return {"assessment": assessment, "request": self.request()}

    def vague_answer(self, field, place):
        if field.kind != "category" and self.random.random() < 0.7:
            low, high = self.random.randrange(place + 1), self.random.randrange(place, field.high + 1)
            return {"from": field.value_at(low), "to": field.value_at(high)}
        others = self.random.sample(list(field.places), self.random.randrange(1, field.high + 1))
        return {"any_of": [field.value_at(p) for p in sorted({place, *others})]}
