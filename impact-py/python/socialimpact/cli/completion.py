"""``socialimpact completion``: what lets a shell complete commands, options and files."""

import click

from socialimpact.cli.helping import examples

VARIABLE = "_SOCIALIMPACT_COMPLETE"
"""What a shell asks by, as click names it."""


@click.command(
    epilog=examples(
        "completion bash > ~/.local/share/bash-completion/completions/socialimpact",
        "completion zsh > ~/.zfunc/_socialimpact",
        "completion fish > ~/.config/fish/completions/socialimpact.fish",
    )
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), help="The shell you type in.")
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Write the script by which SHELL completes commands, options and files.

    Put it where your shell looks for completions, and open a new one.
    """
    from click.shell_completion import get_completion_class

    root = ctx.find_root()
    of_shell = get_completion_class(shell)
    if of_shell is not None:
        click.echo(of_shell(root.command, {}, root.info_name or "socialimpact", VARIABLE).source().strip())
