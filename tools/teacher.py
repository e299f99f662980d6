"""A sentence model that learns from the sentences what is danger, to teach a small one.

It is all-MiniLM-L6-v2 (Wang and others 2020, "MiniLM"; Apache-2.0, from the registry, see
requirements.txt in ``tools/listener``), 22 million parameters that have read much of the web. It
knows words that no sentence here has, and who does what to whom; nothing of it goes to a reader.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from importlib import resources

import torch
from torch import nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

EPOCHS = 3
BATCH, AT_ONCE = 64, 128  # texts: to learn from, to be asked about
LONGEST = 96  # pieces of words
RATE = 1e-4  # of learning, at its highest
WARM = 0.06  # of all steps until then
LEFT_OUT = 0.1  # by chance, while it learns
NEAR = 15  # words near a word
SEED = 0


class Teacher(nn.Module):
    """The model, and one number that says how sure it is of danger."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(SEED)
        with tempfile.TemporaryDirectory() as folder:
            packed = resources.files("all_minilm_l6_v2") / "model.zip"
            with resources.as_file(packed) as path, zipfile.ZipFile(path) as held:
                held.extractall(folder)
            self.pieces = AutoTokenizer.from_pretrained(folder)
            self.model = AutoModel.from_pretrained(folder)
        self.danger = nn.Linear(self.model.config.hidden_size, 1)

    def numbers(self, texts: Sequence[str]) -> list[list[int]]:
        """Texts as the numbers of their pieces."""
        found: list[list[int]] = self.pieces(list(texts), truncation=True, max_length=LONGEST)[
            "input_ids"
        ]
        return found

    def vectors(self, some: Sequence[Sequence[int]]) -> torch.Tensor:
        """The mean of what the model says of the pieces of each text."""
        length = max(map(len, some))
        pieces = torch.tensor([[*each, *[0] * (length - len(each))] for each in some])
        there = torch.tensor([[1] * len(each) + [0] * (length - len(each)) for each in some])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            said = self.model(input_ids=pieces, attention_mask=there).last_hidden_state
        return (said.float() * there[:, :, None]).sum(1) / there.sum(1, keepdim=True)

    def forward(self, some: Sequence[Sequence[int]]) -> torch.Tensor:
        """The logarithm of the odds of danger."""
        vectors = functional.dropout(self.vectors(some), LEFT_OUT, self.training)
        odds: torch.Tensor = self.danger(vectors)[:, 0]
        return odds

    @torch.no_grad()
    def near(self, words: Sequence[str]) -> dict[str, list[str]]:
        """For each word those nearest to it; ask before it has learned."""
        self.eval()
        numbers = self.numbers(words)
        rows = [self.vectors(numbers[at : at + AT_ONCE]) for at in range(0, len(words), AT_ONCE)]
        vectors = torch.cat(rows)
        vectors = functional.normalize(vectors - vectors.mean(0))
        found = {}
        for word, row in zip(words, vectors, strict=True):
            nearest = (vectors @ row).topk(NEAR + 1).indices.tolist()
            found[word] = [words[each] for each in nearest if words[each] != word]
        return found

    def learn(self, texts: Sequence[str], danger: Sequence[bool], counts: Sequence[int]) -> None:
        """Learn which texts speak of danger; ``counts`` is what each of them counts."""
        numbers = self.numbers(texts)
        wanted, worth = torch.tensor(danger).float(), torch.tensor(counts).float()
        way = torch.optim.AdamW(self.parameters(), lr=RATE, weight_decay=0.01)
        steps = EPOCHS * -(-len(texts) // BATCH)
        schedule = torch.optim.lr_scheduler.OneCycleLR(
            way,
            RATE,
            total_steps=steps,
            pct_start=WARM,
            anneal_strategy="linear",
            cycle_momentum=False,
        )
        self.train()
        for _ in range(EPOCHS):
            for batch in batches([len(each) for each in numbers], BATCH):
                said = self([numbers[each] for each in batch.tolist()])
                loss = functional.binary_cross_entropy_with_logits(
                    said, wanted[batch], weight=worth[batch]
                )
                way.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(self.parameters(), 1.0)
                way.step()
                schedule.step()

    @torch.no_grad()
    def says(self, texts: Sequence[str]) -> list[float]:
        """The logarithm of the odds of danger of each text."""
        self.eval()
        numbers = self.numbers(texts)
        order = sorted(range(len(texts)), key=lambda each: len(numbers[each]))
        odds = [0.0] * len(texts)
        for at in range(0, len(order), AT_ONCE):
            batch = order[at : at + AT_ONCE]
            said = self([numbers[each] for each in batch]).tolist()
            for each, one in zip(batch, said, strict=True):
                odds[each] = one
        return odds


def batches(lengths: Sequence[int], size: int) -> Iterator[torch.Tensor]:
    """Texts of about one length together, in any order."""
    about = torch.tensor(lengths) + torch.rand(len(lengths)) * 4
    cuts = about.argsort(stable=True).split(size)
    for place in torch.randperm(len(cuts)).tolist():
        yield cuts[place]
