"""``socialimpact template``: model documents of a domain, to begin one's own from."""

from dataclasses import asdict

import click

from socialimpact.cli.helping import examples
from socialimpact.cli.options import reading_options
from socialimpact.types import Language


@click.command(epilog=examples("template", "template reentry > mine.toml"))
@click.argument("template", metavar="[ID]", required=False, help="The id of a template, as the list tells it.")
@click.option("--gaps", is_flag=True, help="List the numbers of ID that nobody has published, instead of its text.")
@reading_options
@click.pass_context
def template(ctx: click.Context, template: str | None, gaps: bool, language: Language, as_json: bool) -> None:
    """List the templates, or write the text of the template ID, to begin a model of your own from."""
    if template is None and gaps:
        raise click.UsageError("--gaps needs the ID of a template.", ctx)
    if template is None:
        _list(language, as_json)
    elif gaps:
        _list_gaps(template, language, as_json)
    else:
        _write(template, as_json)


def _list(language: Language, as_json: bool) -> None:
    from socialimpact import templates
    from socialimpact.cli.output import Page, write_json
    from socialimpact.wording.entries import Telling
    from socialimpact.wording.template_entries import template_lines

    rows = [{key: value for key, value in row.items() if key != "text"} for row in templates().to_pylist()]
    if as_json:
        write_json(rows)
        return
    page, telling = Page(), Telling(language)
    for row in rows:
        first, *rest = template_lines(row, telling)
        page.paragraph(first, "bold")
        for line in rest:
            page.indented(line)
    page.gap()
    page.paragraph(telling.texts("templates.begin"))


def _list_gaps(id: str, language: Language, as_json: bool) -> None:  # noqa: A002 - the name of the field
    from socialimpact import template as find
    from socialimpact.cli.output import Page, write_json
    from socialimpact.wording.entries import Telling
    from socialimpact.wording.template_entries import gap_lines

    found = find(id)
    if as_json:
        write_json([asdict(gap) for gap in found.gaps()])
        return
    page, telling = Page(), Telling(language)
    page.title(found.name.in_language(language))
    page.paragraph(telling.texts("templates.gaps"))
    for line in gap_lines(found, telling):
        page.item(line)


def _write(id: str, as_json: bool) -> None:  # noqa: A002 - the name of the field
    from socialimpact import template as find
    from socialimpact.cli.output import write_json

    found = find(id)
    if as_json:
        write_json(asdict(found))
    else:
        click.echo(found.text, nl=False)
