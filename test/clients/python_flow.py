"""A program written for LlamaCloud, as its users write them, with nothing of Docket in it.

The client takes the address of the server from LLAMA_CLOUD_BASE_URL and the key from LLAMA_CLOUD_API_KEY. The arguments
are the paths of an invoice and of a recipe. The last line on standard output says in JSON what came of it; anything
that does not go as it should raises an error.
"""

import asyncio
import json
import sys
import urllib.request
import uuid

from llama_cloud import AsyncLlamaCloud, LlamaCloud, NotFoundError, UnprocessableEntityError, __version__

RULES = [
    {"type": "invoice", "description": "A bill for goods or services, with an invoice number and the total to pay."},
    {"type": "recipe", "description": "Instructions for cooking or baking a dish, with a list of ingredients."},
]


def check(is_right, what):
    if not is_right:
        raise AssertionError(what)


def expect_error(kind, call):
    try:
        call()
    except kind as error:
        return error
    raise AssertionError(f"no {kind.__name__}")


def files_flow(client, path):
    """Uploads a file and finds it again. Returns its id."""
    with open(path, "rb") as stream:
        file = client.files.create(file=stream, purpose="classify", external_file_id="from-python")
    check(file.name == path.rsplit("/", 1)[-1], f"the name is {file.name}")
    check([one.id for one in client.files.list(file_ids=[file.id])] == [file.id], "the file is not listed")
    locate = getattr(client.files, "content", None) or client.files.get
    address = locate(file.id, expires_at_seconds=120).url
    with urllib.request.urlopen(address) as response, open(path, "rb") as stream:
        check(response.read() == stream.read(), "the content is another")
    return file.id


def delete_flow(client, path):
    """Deletes a file: it is gone, and its delete answers nothing."""
    with open(path, "rb") as stream:
        file = client.files.create(file=(f"übung {uuid.uuid4()}.txt", stream, "text/plain"), purpose="classify")
    check(file.name.startswith("übung "), f"the name is {file.name}")
    check(client.files.delete(file.id) is None, "delete answered something")
    error = expect_error(NotFoundError, lambda: client.files.delete(file.id))
    check(error.body == {"detail": "File not found"}, f"the body is {error.body}")


def classify_flow(client, file_id):
    """Runs, gets and lists jobs. Returns the finished one."""
    project = str(uuid.uuid4())
    configuration = {"rules": RULES, "parsing_configuration": {"max_pages": 1}}
    job = client.classify.run(file_input=file_id, configuration=configuration)
    check(job.status == "COMPLETED" and job.result is not None, f"the job is {job.status}")
    check(job.created_at is not None and job.created_at.tzinfo is not None, "created_at has no zone")
    check(client.classify.get(job.id) == job, "get gives another job")
    listed = client.classify.list(job_ids=[job.id], status="COMPLETED", created_at_on_or_after=job.created_at, page_size=1)
    check([one.id for one in listed] == [job.id], "the job is not listed")
    check(list(client.classify.list(project_id=project)) == [], "an unknown project has jobs")
    key = str(uuid.uuid4())
    twins = [client.classify.create(file_input=file_id, configuration=configuration, transaction_id=key) for _ in range(2)]
    check(twins[0].id == twins[1].id, "a transaction id made two jobs")
    client.classify.wait_for_completion(twins[0].id)
    rules = [{"type": "x", "description": "short"}]
    error = expect_error(
        UnprocessableEntityError, lambda: client.classify.create(file_input=file_id, configuration={"rules": rules})
    )
    check(error.body["detail"][0]["type"] == "string_too_short", f"the body is {error.body}")
    return job


def configurations_flow(client, file_id):
    """Saves, changes and uses a preset. Returns the type that it finds."""
    name = f"preset {uuid.uuid4()}"
    parameters = {"product_type": "classify_v2", "rules": RULES}
    preset = client.configurations.create(name=name, parameters=parameters)
    check(client.configurations.create(name=name, parameters=parameters).id == preset.id, "create is no upsert")
    check([one.id for one in client.configurations.list(name=name)] == [preset.id], "the preset is not listed")
    check(client.configurations.retrieve(preset.id).name == name, "retrieve gives another preset")
    check(client.configurations.update(preset.id, name=f"{name} 2").name == f"{name} 2", "update changes nothing")
    job = client.classify.run(file_input=file_id, configuration_id=preset.id)
    check(client.configurations.delete(preset.id) is None, "delete answered something")
    return job.result.type


def parse_flow(client, file_id, job):
    """Parses a file, and reuses the parse job behind a classify job."""
    result = client.parsing.parse(file_id=file_id, tier="fast", version="latest", expand=["text"])
    check(result.job.status == "COMPLETED", f"the parse job is {result.job.status}")
    check(result.text.pages[0].page_number == 1 and result.text.pages[0].text.strip() != "", "there is no text")
    again = client.classify.run(file_input=job.parse_job_id, configuration={"rules": RULES})
    check(again.document_input_type == "parse_job_id", f"the input is a {again.document_input_type}")
    check(again.result.type == job.result.type, "the parse job gives another result")


async def asynchronous_flow(file_id):
    """The same client without blocking. Returns the type that it finds."""
    async with AsyncLlamaCloud() as client:
        job = await client.classify.run(file_input=file_id, configuration={"rules": RULES})
        check([one.id async for one in client.classify.list(job_ids=[job.id])] == [job.id], "the job is not listed")
        return job.result.type


def main():
    invoice_path, recipe_path = sys.argv[1:]
    # Every typed field must fit, which is more than the client asks for by itself.
    client = LlamaCloud(_strict_response_validation=True)
    invoice = files_flow(client, invoice_path)
    recipe = files_flow(client, recipe_path)
    delete_flow(client, recipe_path)
    job = classify_flow(client, invoice)
    preset_type = configurations_flow(client, recipe) if hasattr(client, "configurations") else None
    if hasattr(client, "parsing"):
        parse_flow(client, invoice, job)
    asynchronous_type = asyncio.run(asynchronous_flow(recipe))
    print(json.dumps({"version": __version__, "run": job.result.type, "preset": preset_type, "async": asynchronous_type}))


main()
