"""Sends the requests of the original command-line tool, and parses the responses with its models."""

from os import environ as env
from typing import List, Optional

import httpx
from pydantic import BaseModel, Field, StrictInt, StrictStr, ValidationError


class User(BaseModel):
    id: StrictInt
    email: StrictStr = Field(..., alias="primary_email")


class SignedIn(BaseModel):
    user: User
    logged_in_at: StrictStr = Field(..., alias="loggedInAt")


class Chat(BaseModel):
    id: StrictInt
    name: StrictStr
    model: StrictStr
    created_at: StrictStr
    updated_at: StrictStr
    neptun_user_id: Optional[StrictInt]


class Chats(BaseModel):
    chats: Optional[List[Chat]]


class CreatedChat(BaseModel):
    chat: Chat


class Message(BaseModel):
    id: StrictInt
    message: StrictStr
    actor: StrictStr
    created_at: StrictStr
    updated_at: StrictStr
    neptun_user_id: StrictInt
    chat_conversation_id: StrictInt


class Messages(BaseModel):
    messages: List[Message] = Field(..., alias="chatMessages")


class Issue(BaseModel):
    code: StrictStr
    message: StrictStr
    path: List[StrictStr]


class ErrorData(BaseModel):
    issues: List[Issue]
    name: StrictStr


class Error(BaseModel):
    statusCode: StrictInt
    statusMessage: StrictStr
    stack: List[StrictStr] = Field(default_factory=list)
    data: Optional[ErrorData] = None


api = f"{env['NEPTUN']}/api"
account = {"email": env["EMAIL"], "password": "correct horse battery"}


def parse(model, response):
    """Parses a success, or else an error, as the tool does."""
    try:
        return model(**response.json())
    except ValidationError:
        return Error(**response.json())


def show(title, response):
    error = Error(**response.json())
    assert error.statusCode == response.status_code and error.data is not None
    print(f"{title}: {error.statusCode} {error.data.name} {[issue.path for issue in error.data.issues]}")


with httpx.Client() as client:
    response = client.post(f"{api}/auth/sign-up", data=account)
    signed_up = parse(SignedIn, response)
    print("sign-up:", response.status_code, signed_up.user.email == account["email"])

with httpx.Client() as client:
    response = client.post(f"{api}/auth/login", data=account)
    session = response.cookies.get("neptun-session")
    print("login:", response.status_code, parse(SignedIn, response).user.id == signed_up.user.id)

with httpx.Client() as client:
    print("check without a session:", client.head(f"{api}/auth/check").status_code)
    client.cookies.set("neptun-session", session)
    print("check:", client.head(f"{api}/auth/check").status_code)

chats = f"{api}/users/{signed_up.user.id}/chats"
with httpx.Client(cookies={"neptun-session": session}) as client:
    new_chat = {"model": "google/gemma-2-27b-it", "name": "chat-1732179000000"}
    response = client.post(chats, data=new_chat)
    chat = parse(CreatedChat, response).chat
    print("create:", response.status_code, chat.name, chat.neptun_user_id == signed_up.user.id)
    response = client.get(f"{chats}?order_by=updated_at:desc")
    print("list:", response.status_code, [chat.name for chat in parse(Chats, response).chats])
    response = client.post(f"{chats}/{chat.id}/messages", json={"messages": [{"role": "user", "content": "Hi"}]})
    response = client.get(f"{chats}/{chat.id}/messages")
    print("messages:", response.status_code, [m.actor + ": " + m.message for m in parse(Messages, response).messages])
    response = client.delete(f"{chats}/{chat.id}")
    print("delete:", response.status_code)
    print("list:", [chat.name for chat in parse(Chats, client.get(f"{chats}?order_by=updated_at:desc")).chats])

    show("a chat that is gone", client.get(f"{chats}/{chat.id}/messages"))
    show("an e-mail address in use", client.post(f"{api}/auth/sign-up", data=account))
    show("a wrong password", client.post(f"{api}/auth/login", data={**account, "password": "wrong"}))
    show("a malformed address", client.post(f"{api}/auth/sign-up", data={**account, "email": "ada"}))
    show("a chat without a model", client.post(chats, data={"name": "a"}))
    show("a malformed id", client.get(f"{chats}/x/messages"))
    show("a wrong order", client.get(f"{chats}?order_by=x:desc"))
    invalid = {"messages": [{"role": "x", "content": ""}]}
    show("a list with an invalid item", client.post(f"{chats}/1/messages", json=invalid))
    show("an unknown path", client.get(f"{api}/users/1/cli"))
    show("an unsupported method", client.put(chats))
    show("another content type", client.post(chats, content="x", headers={"Content-Type": "text/plain"}))
    show("another site", client.post(chats, data=new_chat, headers={"Origin": "https://evil.example"}))
    client.cookies.clear()
    show("no session", client.get(chats))

    shared = httpx.get(f"{api}/shared/chats/{env['SHARE']}")
    try:
        Error(**shared.json())
    except ValidationError as error:
        print("a shared chat:", shared.status_code, [".".join(map(str, e["loc"])) for e in error.errors()])
