"""Settings of the manual for Sphinx. `make docs` lays out the sources (pages.py), then builds them with these."""

import os
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
TOP = HERE.parents[1]
PACKAGE = TOP / "impact-py" / "python"
sys.path[:0] = [str(PACKAGE), str(HERE)]

import reference  # noqa: E402

# What the kernel of the notebooks needs: the package, no window for pictures, and our way of showing them.
os.environ["PYTHONPATH"] = str(PACKAGE)
os.environ["MPLBACKEND"] = "agg"
os.environ["IPYTHONDIR"] = str(TOP / "build" / "docs" / "ipython")
os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
os.chdir(TOP)

project = "socialimpact"
author = "The socialimpact authors"
release = version = tomllib.loads((TOP / "Cargo.toml").read_text(encoding="utf-8"))["workspace"]["package"]["version"]
language = "en"

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "myst-nb", ".rst": "restructuredtext"}
root_doc = "index"
default_role = "literal"
highlight_language = "text"

# Pages and notebooks
myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence"]
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_merge_streams = True

# The reference: docstrings in NumPy's style, types from the stubs
autodoc_default_options = {"members": True}
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_use_rtype = False
# A parameter that is a `table` is one of any library: not one of the attributes of that name.
suppress_warnings = ["ref.python"]
python_maximum_signature_line_length = 88

# Other hosts are asked only by `make docs LINKS=1`; where there is no network, every one of them is told as broken.
linkcheck_timeout = 15
linkcheck_retries = 1
linkcheck_workers = 8

html_theme = "pydata_sphinx_theme"
html_title = "socialimpact"
html_static_path = ["static"]
html_css_files = ["manual.css"]
html_js_files = [("filter.js", {"defer": "defer"})]
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {
    "header_links_before_dropdown": 9,
    "navbar_align": "left",
    "show_prev_next": True,
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "navigation_with_keys": False,
}
html_context = {"default_mode": "light"}
copyright = "The socialimpact authors; MIT or Apache-2.0"  # noqa: A001


def setup(app: object) -> None:
    """Let the stubs speak for what Rust wrote, and their absence be heard."""
    reference.connect(app)
