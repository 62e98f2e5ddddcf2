"""Writes chat_templates.json: chat templates in the files of a folder, and the prompt that transformers makes of them.

    python chat_templates.py ../parity/qwen2_vl_a/checkpoint > chat_templates.json    (transformers 5.23.0)
"""

import json
import pathlib
import shutil
import sys
import tempfile

from transformers import AutoTokenizer, Qwen2VLProcessor

ASKED = "What is it?"
TURN = "<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n"
TURNS = "{% for message in messages %}" + TURN + "{% endfor %}"
ANSWER = "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"


def plain(message):
    """As Qwen2-VL's: a text between tags."""
    return (
        "{% for message in messages %}{% if loop.first and message['role'] != 'system' %}<|im_start|>system\n"
        + message
        + "<|im_end|>\n{% endif %}"
        + TURN
        + "{% endfor %}"
        + ANSWER
    )


def tools(message):
    """As Qwen2.5's: a branch for tools first, all of it strings."""
    return f"""{{%- if tools %}}
    {{{{- '<|im_start|>system\\n' }}}}
    {{%- if messages[0]['role'] == 'system' %}}
        {{{{- messages[0]['content'] }}}}
    {{%- else %}}
        {{{{- 'You call tools. You are a helpful assistant.' }}}}
    {{%- endif %}}
    {{{{- "\\n\\n# Tools\\n<tools>" }}}}
    {{%- for tool in tools %}}
        {{{{- "\\n" }}}}
        {{{{- tool | tojson }}}}
    {{%- endfor %}}
    {{{{- "\\n</tools>{{\\"name\\": <function-name>}}<|im_end|>\\n" }}}}
{{%- else %}}
    {{%- if messages[0]['role'] == 'system' %}}
        {{{{- '<|im_start|>system\\n' + messages[0]['content'] + '<|im_end|>\\n' }}}}
    {message}
    {{%- endif %}}
{{%- endif %}}
{{%- for message in messages %}}
    {{%- if (message.role == "user") or (message.role == "system" and not loop.first) %}}
        {{{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}}}
    {{%- endif %}}
{{%- endfor %}}
{{%- if add_generation_prompt %}}
    {{{{- '<|im_start|>assistant\\n' }}}}
{{%- endif %}}
"""


DEFAULT = """{%- else %}
        {{- '<|im_start|>system\\nYou are Qwen, made for clips. You are a helpful assistant.<|im_end|>\\n' }}"""

TEMPLATES = {
    "released": plain("You are a helpful assistant."),
    "another message": plain("You watch the cameras of a road."),
    "two lines": plain("You watch a road.\n\n  Be brief: 3 {words}."),
    "no message": TURNS + ANSWER,
    "tools and a default": tools(DEFAULT),
    "tools and none": tools(""),
    "a message on demand": plain("Nobody asked.").replace("{% if loop", "{% if add_system_prompt and loop"),
    "a variable, set twice": "{% set system_message = 'You are a helpful assistant.' %}"
    "{% if messages[0]['role'] == 'system' %}{% set system_message = messages[0]['content'] %}"
    "{% else %}{% set system_message = 'Du siehst Stra\\u00dfen.' %}{% endif %}"
    "{% if system_message is defined %}{{ '<|im_start|>system\\n' + system_message + '<|im_end|>\\n' }}{% endif %}"
    + TURNS
    + ANSWER,
    "a choice in one line": "{%- set said = messages[0].content if messages[0].role == 'system' else \"It's \\\"you\\\"\\nand me\" -%}"
    "{{ '<|im_start|>system\\n' ~ said | trim ~ '<|im_end|>' }}\n" + TURNS + ANSWER,
    "a comment": "{# <|im_start|>system\nYou are a helpful assistant.<|im_end|> #}" + plain("You read signs."),
    "an elif": "{% if tools is defined and tools %}<|im_start|>system\nTools.<|im_end|>\n{% elif documents %}"
    "<|im_start|>system\nDocuments.<|im_end|>\n{% elif messages[0]['role'] not in ['system', 'developer'] %}"
    "<|im_start|>system\nYou see videos.<|im_end|>\n{% endif %}" + TURNS + ANSWER,
    "set in a block": "{%- macro show(x) -%}<|im_start|>system\n{{ x }}<|im_end|>\n{%- endmacro -%}"
    "{%- if not enable_thinking is defined -%}{%- set enable_thinking = false -%}{%- endif -%}"
    "{%- if enable_thinking -%}<|im_start|>system\nThink.<|im_end|>\n{%- else -%}"
    "{{- '<|im_start|>system\\nAnswer at once.' -}}\n    {{- '<|im_end|>\\n' -}}{%- endif -%}" + TURNS + ANSWER,
}

UNTELLABLE = {
    "a date": "<|im_start|>system\nToday is {{ strftime_now('%d %b') }}.<|im_end|>\n" + TURNS + ANSWER,
    "a condition on a length": "{% if messages | length < 9 %}<|im_start|>system\nShort.<|im_end|>\n{% endif %}" + TURNS + ANSWER,
}


def as_json(template):
    return json.dumps({"chat_template": template})


A, B, C = (plain(f"You are {letter}.") for letter in "ABC")
NAMED = [{"name": "tool_use", "template": B}, {"name": "default", "template": C}]
FOLDERS = {
    "jinja before the tokenizer's": {"chat_template.jinja": A, "tokenizer_config.json": as_json(B)},
    "json before jinja": {"chat_template.json": as_json(A), "chat_template.jinja": B},
    "the tokenizer's": {"tokenizer_config.json": as_json(A)},
    "the tokenizer's by name": {"tokenizer_config.json": as_json(NAMED)},
    "no message, whatever the tokenizer's says": {
        "chat_template.jinja": TURNS + ANSWER,
        "tokenizer_config.json": as_json(plain("You are a helpful assistant.")),
    },
}


def prompt(checkpoint, files):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for file in pathlib.Path(checkpoint).iterdir():
            if file.suffix != ".safetensors" and file.name != "chat_template.json":
                shutil.copy(file, folder)
        config = json.loads((folder / "tokenizer_config.json").read_text())
        config.pop("chat_template", None)
        for file, text in files.items():
            if file == "tokenizer_config.json":
                config |= json.loads(text)
            else:
                (folder / file).write_text(text, encoding="utf-8")
        (folder / "tokenizer_config.json").write_text(json.dumps(config))
        has_own = any(file.startswith("chat_template") for file in files)
        reader = (Qwen2VLProcessor if has_own else AutoTokenizer).from_pretrained(folder)
        return reader.apply_chat_template(
            [{"role": "user", "content": ASKED}], add_generation_prompt=True, tokenize=False
        )


def case(checkpoint, name, files):
    return {"name": name, "files": files, "prompt": prompt(checkpoint, files)}


if __name__ == "__main__":
    told = FOLDERS | {name: {"chat_template.jinja": text} for name, text in TEMPLATES.items()}
    json.dump(
        {
            "asked": ASKED,
            "told": [case(sys.argv[1], name, files) for name, files in told.items()],
            "untellable": [
                {"name": name, "files": {"chat_template.jinja": text}} for name, text in UNTELLABLE.items()
            ],
        },
        sys.stdout,
        indent=1,
        ensure_ascii=False,
    )
    print()
