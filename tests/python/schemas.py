"""What the core writes as JSON, read from its sources: types that serialize, and the JSON Schema of each.

One rule: whatever this does not understand is an error, never left open. Read are structs and enums that derive
serialization with the attributes the core uses, and enums declared by the macro `words`.

`python tests/python/schemas.py` writes the schemas of the package anew from the sources; `test_schemas.py` holds them
to it.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias, get_args

from socialimpact.types import Measure

Schema: TypeAlias = dict[str, Any]

CORE = Path("impact-core/src")
SCHEMAS = Path("impact-py/python/socialimpact/schemas")
WRITTEN: dict[str, str] = {
    "appraise": "AppraisalReport",
    "baselines": "BaselineReport",
    "break-even": "Vec<AnswerReport>",
    "cash-flows": "CashFlowReport",
    "compare": "ComparisonReport",
    "explain": "Explanation",
    "ranking": "RankingReport",
    "risk": "ContractRiskReport",
    "settle": "StatementReport",
    "simulate": "SimulationReport",
    "tornado": "TornadoReport",
}
"""What the core alone writes, by command: the type it serializes."""
PARTS: dict[str, dict[str, str]] = {
    "risk": {"returns": "ReturnRiskReport", "saving": "SavingRiskReport"},
    "search": {"prices": "Vec<PriceReport>", "frontier": "FrontierReport"},
}
"""What stands beside it in what a command puts together."""

_OF_PRICES = {"grade": "Grade", "cashable": "Cashable", "domain": "Domain"}
_OF_EFFECTS = {
    "grade": "Grade",
    "design": "Design",
    "domain": "EffectDomain",
    "unit": "EffectUnit",
    "measure": "Measure in reference",
}
HELD: dict[str, dict[str, str]] = {
    "catalogue-search": _OF_PRICES,
    "catalogue-show": _OF_PRICES,
    "check": {"severity": "Severity", "found_in": "Subject"},
    "conventions": {"financing_base": "FinancingBase", "corrections_by": "CorrectionScheme"},
    "cost-effectiveness": {"cost": "CostCounted"},
    "effects-search": _OF_EFFECTS,
    "effects-show": _OF_EFFECTS,
    "indices": {"kind": "IndexKind", "grade": "Grade"},
    "sensitivity": {"points": "Points", "measure": "Measure"},
    "who-pays": {
        "counted_in": "CountedIn",
        "gain": "GainCounted",
        "holder_kind": "HolderKind",
        "level": "PublicLevel",
        "status": "SplitStatus",
    },
}
"""Words that a command writes as text, and the list of the core that they are of, by the name of the key."""

DECIMAL: Schema = {
    "description": "An exact decimal number as text, in plain notation.",
    "type": "string",
    "pattern": r"^-?\d+(\.\d+)?$",
}
_TEXTS = {"String", "str", "Unit", "Currency", "Perspective", "DocumentHash", "Window", "Address", "ConfidenceGrade"}
"""Types that are written as a text."""
_WHOLE = {"u8", "u16", "u32", "u64", "usize", "i8", "i16", "i32", "i64", "Year", "PriceYear"}
_FREE: dict[str, Schema] = {
    "Measure": {"enum": list(get_args(Measure))},
    "Rule": {"type": "string", "pattern": "^[a-z]+(-[a-z]+)*$"},
    "Consequence": {"type": "string", "pattern": r"^(0|\++|-+)$"},
    "NaiveDate": {"type": "string", "format": "date"},
    "bool": {"type": "boolean"},
    "f64": {"type": "number"},
    "NumberOrEnd": {"anyOf": [{"type": "number"}, {"enum": ["infinite", "minus-infinite"]}]},
}
_BY_HAND: dict[str, tuple[dict[str, str], list[str]]] = {
    "value_or_reason": ({"value": "Option<Decimal>", "absent": "Option<String>"}, ["value", "absent"]),
    "amount_or_reason": ({"amount": "Option<Decimal>", "absent": "Option<String>"}, ["amount", "absent"]),
}
"""Fields that a function of the core writes into the map they stand in."""
_AS_IF: dict[str, str] = {"year_or_reason": "Option<Year>", "number_or_end": "NumberOrEnd"}
"""Fields that a function of the core writes as another type."""
_HEAD = re.compile(
    r"#\[derive\(([^\]]*?)\)\]\s*((?:#\[[^\]]*\]\s*)*)pub(?:\([^)]*\))?\s+(struct|enum)\s+(\w+)(?:<([^>]*)>)?\s*([{(;])"
)
_WORDS = re.compile(r"words!\s*\{\s*(?:#\[[^\]]*\]\s*)*(\w+)\s*\{(.*?)\}\s*\}", re.DOTALL)
_VISIBLE = re.compile(r"^pub(?:\([^)]*\))?\s+")
_OPEN = {"{": "}", "(": ")", "[": "]", "<": ">"}


class NotReadError(Exception):
    """Something of the sources that is not understood."""


@dataclass(frozen=True)
class Source:
    """A type that serializes, as it is written."""

    file: Path
    is_enum: bool
    form: str
    serde: str
    parts: tuple[str, ...]
    generics: tuple[str, ...]
    words: tuple[str, ...] = ()


def sources() -> dict[str, list[Source]]:
    """Read every type of the core that serializes."""
    found: dict[str, list[Source]] = defaultdict(list)
    for file in sorted(CORE.rglob("*.rs")):
        text = re.sub(r"//[^\n]*", "", file.read_text(encoding="utf-8"))
        for name, words in _WORDS.findall(text):
            said = tuple(re.findall(r'=\s*"([^"]*)"', words))
            found[name].append(Source(file, is_enum=True, form="", serde="", parts=(), generics=(), words=said))
        for match in _HEAD.finditer(text):
            derived, attributes, kind, name, generics, form = match.groups()
            if "Serialize" not in derived:
                continue
            body = "" if form == ";" else _inner(text, match.end() - 1)
            types = tuple(part.split(":")[0] for part in _split(generics or "") if not part.startswith("'"))
            serde = ", ".join(re.findall(r"#\[serde\(([^\]]*)\)\]", attributes))
            found[name].append(Source(file, kind == "enum", form, serde, tuple(_split(body)), types))
    return found


def _inner(text: str, start: int) -> str:
    """Give what stands between a bracket and the one that closes it."""
    opening, depth = text[start], 0
    for place in range(start, len(text)):
        depth += (text[place] == opening) - (text[place] == _OPEN[opening])
        if not depth:
            return text[start + 1 : place]
    raise NotReadError(text[start : start + 60])


def _split(body: str) -> list[str]:
    """Give the parts of a list, between commas that stand in no brackets."""
    parts, depth, part = [], 0, ""
    for letter in body:
        depth += (letter in _OPEN) - (letter in _OPEN.values())
        if letter == "," and not depth:
            parts.append(part)
            part = ""
        else:
            part += letter
    return [each.strip() for each in [*parts, part] if each.strip()]


def _attributes(part: str) -> tuple[str, str]:
    """Give what is said to the serializer of a field or a variant, and the rest of it."""
    said = []
    while part.startswith("#["):
        inner = _inner(part, 1)
        part = part[len(inner) + 3 :].strip()
        if inner.startswith("serde("):
            said.append(inner[len("serde(") : -1])
    return ", ".join(said), part


def _option(serde: str, name: str) -> str | None:
    match = re.search(rf'\b{name}\s*=\s*"([^"]*)"', serde)
    return match[1] if match else None


def _cased(name: str, rule: str | None) -> str:
    sign = {"kebab-case": "-", "snake_case": "_", "lowercase": ""}.get(rule or "")
    return name if sign is None else re.sub(r"(?<!^)(?=[A-Z])", sign, name).lower()


class Shapes:
    """JSON Schemas of types of the core, with the definitions they rest on."""

    def __init__(self, known: dict[str, list[Source]]) -> None:
        self._known, self._under_way = known, set[str]()
        self.definitions: dict[str, Schema] = {}

    def of(self, written: str, file: Path = CORE / "report" / "mod.rs") -> Schema:
        """Give the schema of a type as it is written in a file."""
        kind = re.sub(r"^&(?:'\w+\s+)?", "", written.strip())
        kind = re.sub(r"^(?:\w+::)+(?=\w)", "", kind)
        if kind.startswith("("):
            parts = [self.of(part, file) for part in _split(kind[1:-1])]
            return {"type": "array", "prefixItems": parts, "minItems": len(parts), "maxItems": len(parts)}
        if kind.startswith("["):
            return {"type": "array", "items": self.of(re.sub(r";[^;]*$", "", kind[1:-1]), file)}
        name, _, rest = kind.partition("<")
        arguments = [part for part in _split(rest[:-1]) if not part.startswith("'")] if rest else []
        return self._named(name, arguments, file)

    def _named(self, name: str, arguments: list[str], file: Path) -> Schema:
        match name:
            case "Option":
                return _or_null(self.of(arguments[0], file))
            case "Vec" | "BTreeSet":
                return {"type": "array", "items": self.of(arguments[0], file)}
            case "Box" | "Arc" | "Cow":
                return self.of(arguments[-1], file)
            case "BTreeMap":
                return {"type": "object", "additionalProperties": self.of(arguments[1], file)}
            case "Decimal":
                self.definitions["decimal"] = DECIMAL
                return {"$ref": "#/$defs/decimal"}
            case _:
                pass
        if name in _FREE:
            return dict(_FREE[name])
        if name in _TEXTS:
            return {"type": "string"}
        if name in self._known:
            return self._defined(name, arguments, file)
        if name in _WHOLE:
            return {"type": "integer"}
        message = f"{file}: `{name}`"
        raise NotReadError(message)

    def _defined(self, name: str, arguments: list[str], file: Path) -> Schema:
        """Give a type of the core, by a definition of its own where it is more than a text or a number."""
        source = _meant(name, self._known[name], file)
        key = _cased(name, "snake_case") + (f"_of_{source.file.stem}" if len(self._known[name]) > 1 else "")
        if key in self._under_way:
            return {"$ref": f"#/$defs/{key}"}
        self._under_way.add(key)
        content = self._content(source, dict(zip(source.generics, arguments, strict=False)))
        self._under_way.discard(key)
        if not {"properties", "enum", "oneOf"} & content.keys():
            return content
        self.definitions[key] = content
        return {"$ref": f"#/$defs/{key}"}

    def _content(self, source: Source, generics: dict[str, str]) -> Schema:
        if source.is_enum:
            return {"enum": list(source.words)} if source.words else self._enum(source)
        if source.form == "(":
            parts = [_VISIBLE.sub("", _attributes(part)[1]) for part in source.parts]
            return self.of(parts[0] if len(parts) == 1 else f"({', '.join(parts)})", source.file)
        if "transparent" in source.serde:
            return self.of(_field(source.parts[0])[2], source.file)
        return self._object(source.parts, source.file, generics)

    def _object(
        self, parts: Iterator[str] | tuple[str, ...] | list[str], file: Path, generics: dict[str, str]
    ) -> Schema:
        properties: dict[str, Schema] = {}
        required: list[str] = []
        for part in parts:
            serde, name, kind = _field(part)
            for generic, given in generics.items():
                kind = re.sub(rf"\b{generic}\b", given, kind)
            by = _option(serde, "serialize_with")
            if re.search(r"\bskip\b", serde):
                continue
            if by in _BY_HAND:
                fields, always = _BY_HAND[by]
                properties |= {key: self.of(each, file) for key, each in fields.items()}
                required += always
                continue
            if "flatten" in serde:
                flat = self._flat(self.of(kind, file))
                properties |= flat["properties"]
                required += flat["required"]
                continue
            name, kind = _option(serde, "rename") or name, _AS_IF.get(by or "", kind)
            if "skip_serializing_if" in serde:
                properties[name] = self.of(re.sub(r"^Option<(.*)>$", r"\1", kind, flags=re.DOTALL), file)
            else:
                properties[name] = self.of(kind, file)
                required.append(name)
        return _closed(properties, required)

    def listed(self, name: str) -> list[str]:
        """Give the words of an enum of the core; `NAME in FOLDER` tells one from another of the same name."""
        name, _, folder = name.partition(" in ")
        if not folder and name in _FREE:
            return list(_FREE[name]["enum"])
        source = next(each for each in self._known[name] if each.is_enum and (not folder or folder in each.file.parts))
        return list(source.words) or list(self._enum(source)["enum"])

    def _flat(self, schema: Schema) -> Schema:
        """Give what a type writes into the map that it stands in."""
        while "$ref" in schema:
            schema = self.definitions[schema["$ref"].rpartition("/")[2]]
        if "oneOf" not in schema:
            return schema
        ways: list[Schema] = schema["oneOf"]
        found: dict[str, list[Schema]] = defaultdict(list)
        for way in ways:
            for name, each in way["properties"].items():
                if each not in found[name]:
                    found[name].append(each)
        consts = {name: [each.get("const") for each in each_of] for name, each_of in found.items()}
        properties = {
            name: {"enum": consts[name]} if None not in consts[name] else _any(each_of)
            for name, each_of in found.items()
        }
        return _closed(properties, [name for name in found if all(name in way["required"] for way in ways)])

    def _enum(self, source: Source) -> Schema:
        rule, tag, content = (_option(source.serde, name) for name in ("rename_all", "tag", "content"))
        plain: list[str] = []
        ways: list[Schema] = []
        for part in source.parts:
            serde, rest = _attributes(part)
            match = re.match(r"(\w+)\s*([{(]?)", rest)
            if match is None:
                raise NotReadError(rest)
            name = _option(serde, "rename") or _cased(match[1], rule)
            if not match[2]:
                if tag:
                    ways.append(_closed({tag: {"const": name}}, [tag]))
                else:
                    plain.append(name)
                continue
            held = _split(_inner(rest, match.end() - 1))
            inner = (
                self._object(held, source.file, {})
                if match[2] == "{"
                else self.of(held[0] if len(held) == 1 else f"({', '.join(held)})", source.file)
            )
            if tag and content:
                ways.append(_closed({tag: {"const": name}, content: inner}, [tag, content]))
            elif tag:
                flat = self._flat(inner)
                ways.append(_closed({tag: {"const": name}, **flat["properties"]}, [tag, *flat["required"]]))
            else:
                ways.append(_closed({name: inner}, [name]))
        if not ways:
            return {"enum": plain}
        return {"oneOf": [*([{"enum": plain}] if plain else []), *ways]}


def _field(part: str) -> tuple[str, str, str]:
    """Give what is said to the serializer of a field, its name and its type."""
    serde, rest = _attributes(part)
    name, _, kind = _VISIBLE.sub("", rest).partition(":")
    return serde, name.strip().removeprefix("r#"), kind.strip()


def _closed(properties: dict[str, Schema], required: list[str]) -> Schema:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _any(schemas: list[Schema]) -> Schema:
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


def _or_null(schema: Schema) -> Schema:
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    if isinstance(schema.get("type"), str) and schema["type"] != "object":
        return {**schema, "type": [schema["type"], "null"]}
    return schema if schema.get("anyOf", [{}])[-1] == {"type": "null"} else {"anyOf": [schema, {"type": "null"}]}


def _meant(name: str, known: list[Source], file: Path) -> Source:
    """Give the type that a name stands for in a file: the one it imports, or else the nearest."""
    if len(known) == 1:
        return known[0]
    text = file.read_text(encoding="utf-8")
    imported = re.search(rf"use (?:crate|super)::([\w:]*)(?:\{{[^;]*\b{name}\b[^;]*\}}|{name});", text)
    path = [part for part in imported[1].split("::") if part] if imported else []
    return max(known, key=lambda each: (sum(part in each.file.parts for part in path), _shared(each.file, file)))


def _shared(one: Path, other: Path) -> int:
    """Count the folders that two files have in common from the top."""
    pairs = zip(one.parts, other.parts, strict=False)
    return next((place for place, (left, right) in enumerate(pairs) if left != right), 99)


def renewed(command: str, schema: Schema) -> Schema:
    """Give a schema with everything that the core writes as its sources have it."""
    shapes = Shapes(sources())
    kept = {key: schema[key] for key in ("$schema", "$id", "title", "description")}
    if command in WRITTEN:
        content = shapes.of(WRITTEN[command])
    else:
        content = {key: value for key, value in schema.items() if key not in (*kept, "$defs")}
        shapes.definitions |= schema.get("$defs", {})
    if command in PARTS:
        content = shapes._flat(content) if "$ref" in content else content
        given = {name: shapes.of(kind) for name, kind in PARTS[command].items()}
        content = {**content, "properties": content["properties"] | given}
    if command == "risk":
        content["properties"]["evaluation"] = EVALUATION
        content["properties"]["saving"] = _told_or_not(shapes._flat(shapes.of(PARTS["risk"]["saving"])), shapes)
    if command in WRITTEN and "$ref" in content and content["$ref"].rpartition("/")[2] not in _pointed(shapes):
        content = shapes.definitions.pop(content["$ref"].rpartition("/")[2])
    for definition in (content, shapes.definitions):
        _hold(definition, HELD.get(command, {}), shapes)
    used = _used(content, shapes.definitions)
    return {**kept, **content, "$defs": {key: shapes.definitions[key] for key in sorted(used)}}


def _told_or_not(told: Schema, shapes: Shapes) -> Schema:
    """Give the schema of what is told, or of why it is not."""
    ways = (("told", told["properties"], told["required"]), ("not-told", {"why": shapes.of("Label")}, ["why"]))
    return {"oneOf": [_closed({"status": {"const": word}, **keys}, ["status", *least]) for word, keys, least in ways]}


EVALUATION: Schema = _closed(
    {
        "worth": {"type": "number"},
        "cost": {"type": "number"},
        "rows": {
            "type": "array",
            "items": _closed(
                {
                    "times": {"type": ["number", "null"]},
                    "people": {"type": ["number", "null"]},
                    **{name: {"type": "number"} for name in ("worth", "standard_error", "going_on", "now")},
                },
                ["times", "people", "worth", "standard_error", "going_on", "now"],
            ),
        },
    },
    ["worth", "cost", "rows"],
)


def _refs(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"].rpartition("/")[2]
        for value in node.values():
            yield from _refs(value)
    elif isinstance(node, list):
        for value in node:
            yield from _refs(value)


def _pointed(shapes: Shapes) -> set[str]:
    return set(_refs(shapes.definitions))


def _hold(node: Any, words: dict[str, str], shapes: Shapes) -> None:
    """Write out the words of keys that have a list in the core; null stays where it may stand."""
    for each in node if isinstance(node, list) else node.values() if isinstance(node, dict) else ():
        _hold(each, words, shapes)
    if not isinstance(node, dict):
        return
    found = node.get("properties", {})
    for name in (name for name in words if name in found and _is_text(found[name])):
        listed = shapes.listed(words[name])
        is_null = "null" in found[name].get("type", ()) or None in found[name].get("enum", ())
        found[name] = {"enum": [*listed, *([None] if is_null else [])]}


def _is_text(schema: Schema) -> bool:
    return "enum" in schema or schema.get("type") in ("string", ["string", "null"])


def _used(content: Schema, definitions: dict[str, Schema]) -> set[str]:
    """Give the definitions that a schema rests on, one by way of another."""
    found, open_ = set[str](), set(_refs(content))
    while open_:
        name = open_.pop()
        if name not in found:
            found.add(name)
            open_ |= set(_refs(definitions[name]))
    return found


def written(schema: Schema) -> str:
    """Give a schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for name in sorted({*WRITTEN, *PARTS, *HELD}):
        path = SCHEMAS / f"{name}.json"
        path.write_text(written(renewed(name, json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")
