export interface paths {
    "/api/auth/sign-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create an account
         * @description Starts a session: the response sets its cookie. The session of the request ends, if there is one.
         */
        post: operations["signUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in
         * @description Starts a session: the response sets its cookie. The session of the request ends, if there is one. A wrong password and an unknown address get the same response, in the same time.
         */
        post: operations["logIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the current session */
        get: operations["checkSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /** Check that there is a session */
        head: operations["hasSession"];
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log out
         * @description Ends the session and clears its cookie. Returns whether there was a session.
         */
        post: operations["logOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{user_id}/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the projects of a user
         * @description Newest first. Filters match exactly.
         */
        get: operations["listProjects"];
        put?: never;
        /** Create a project */
        post: operations["createProject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{user_id}/projects/{project_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a project */
        get: operations["getProject"];
        put?: never;
        post?: never;
        /** Delete a project and its chats */
        delete: operations["deleteProject"];
        options?: never;
        head?: never;
        /** Update a project */
        patch: operations["updateProject"];
        trace?: never;
    };
    "/api/users/{user_id}/chats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the chats of a user
         * @description In all projects and outside any. The most recently updated first, unless `order_by` is given.
         */
        get: operations["listChats"];
        put?: never;
        /**
         * Create a chat outside any project
         * @description The model may be any `publisher/name`, unless `GET /models` lists the allowed ones.
         */
        post: operations["createChat"];
        /**
         * Delete chats
         * @description Atomic: if one of the chats does not exist, none is deleted.
         */
        delete: operations["deleteChats"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{user_id}/chats/{chat_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a chat */
        get: operations["getChat"];
        put?: never;
        post?: never;
        /**
         * Delete a chat
         * @description Deletes its messages, files and share too.
         */
        delete: operations["deleteChat"];
        options?: never;
        head?: never;
        /**
         * Update a chat
         * @description Renames a chat, or moves it to another project; a `project_id` of null takes it out of its project.
         */
        patch: operations["updateChat"];
        trace?: never;
    };
    "/api/users/{user_id}/projects/{project_id}/chats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the chats of a project
         * @description The most recently updated first, unless `order_by` is given.
         */
        get: operations["listProjectChats"];
        put?: never;
        /**
         * Create a chat in a project
         * @description The model may be any `publisher/name`, unless `GET /models` lists the allowed ones.
         */
        post: operations["createProjectChat"];
        /**
         * Delete chats of a project
         * @description Atomic: if one of the chats is not in the project, none is deleted.
         */
        delete: operations["deleteProjectChats"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{user_id}/projects/{project_id}/chats/{chat_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a chat of a project */
        delete: operations["deleteProjectChat"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{user_id}/chats/{chat_id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the messages of a chat
         * @description With their files, in insertion order. `order_by=id:desc` returns the latest first.
         */
        get: operations["listMessages"];
        put?: never;
        /**
         * Append messages to a chat
         * @description Takes one message or a list, each with its files. Atomic: a list is stored in the given order, with no other message in between. The response has the form of the request: `chatMessage` for a single message, `chatMessages` for a list.
         */
        post: operations["appendMessages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{user_id}/chats/{chat_id}/messages/{message_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a message with its files */
        get: operations["getMessage"];
        put?: never;
        post?: never;
        /** Delete a message and its files */
        delete: operations["deleteMessage"];
        options?: never;
        head?: never;
        /** Edit a message */
        patch: operations["updateMessage"];
        trace?: never;
    };
    "/api/users/{user_id}/chats/{chat_id}/messages/last": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete the last exchange of a chat
         * @description If the chat ends with user messages, deletes all of them and returns their ids in `deletedSuccessfully`. Otherwise deletes the last message, and the one before it if that is a user message, and returns them in `maybeAssistantMessageToDelete` and `maybeUserMessageToDelete`; either is null if absent.
         */
        delete: operations["deleteLastMessages"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{user_id}/chats/{chat_id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the files of a chat
         * @description Oldest first, without their text. By default, a `url` is valid for 15 minutes.
         */
        get: operations["listChatFiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{user_id}/chats/{chat_id}/files/{message_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add files to a message
         * @description Takes text files as JSON, or any files as a multipart form. Atomic. The response has the form of the request: `chatFile` for a single file, `chatFiles` for a list or a form.
         */
        post: operations["addFiles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{user_id}/chats/{chat_id}/messages/{message_id}/files/{file_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a file and its text */
        get: operations["getFile"];
        put?: never;
        post?: never;
        /** Delete a file */
        delete: operations["deleteFile"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{user_id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all files of a user
         * @description Oldest first, without their text.
         */
        get: operations["listUserFiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/{file_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a file
         * @description Takes a signed link, the `url` of a file, instead of a session. A link issued by a share becomes invalid when the terms of the share change.
         */
        get: operations["downloadFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{user_id}/chats/{chat_id}/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the share of a chat
         * @description Returns null if the chat is not shared.
         */
        get: operations["getChatShare"];
        put?: never;
        /**
         * Share a chat
         * @description A chat has one share. `password` protects it, whatever `is_protected` says. `emails` creates a whitelist; unknown addresses are ignored. If `is_protected` is true without either, the whitelist is empty, and the share admits only the owner.
         */
        post: operations["createShare"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{user_id}/chats/{chat_id}/shares/{share_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a share */
        get: operations["getShare"];
        put?: never;
        post?: never;
        /**
         * Delete a share
         * @description Its link stops working at the next request.
         */
        delete: operations["deleteShare"];
        options?: never;
        head?: never;
        /**
         * Update a share
         * @description Takes effect at the next request. A `password` or `expires_at` of null removes it, and a `has_whitelist` of false removes the whitelist.
         */
        patch: operations["updateShare"];
        trace?: never;
    };
    "/api/users/{user_id}/chats/{chat_id}/shares/{share_id}/whitelist-entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the whitelist of a share */
        get: operations["listWhitelistEntries"];
        put?: never;
        /**
         * Add users to the whitelist of a share
         * @description Returns the whole whitelist. The first call creates it, even if no address is known. Unknown addresses are ignored. The owner always has access.
         */
        post: operations["addWhitelistEntries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{user_id}/chats/{chat_id}/shares/{share_id}/whitelist-entries/{entry_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a user from the whitelist
         * @description An empty whitelist admits only the owner.
         */
        delete: operations["deleteWhitelistEntry"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/shared/chats/{uuid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open a shared chat
         * @description A share with a whitelist requires the session of a whitelisted user. A share with a password requires the password, as HTTP Basic or through `unlock`. A share with both requires both. System messages are omitted.
         */
        get: operations["openSharedChat"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/shared/chats/{uuid}/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unlock a shared chat with its password
         * @description Sets a cookie that opens the share for an hour. Applies the same rules as opening the chat. A share without a password sets no cookie, and neither does a request that opens the share without it: one of the owner, or one with such a cookie.
         */
        post: operations["unlockSharedChat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the account
         * @description With what it has stored, and what it may store at most.
         */
        get: operations["getUser"];
        put?: never;
        post?: never;
        /** Delete the account and all of its data */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        /**
         * Change the e-mail address or the password
         * @description Requires the current password. A new password ends all other sessions.
         */
        patch: operations["updateUser"];
        trace?: never;
    };
    "/api/users/{user_id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sessions of a user
         * @description Newest first.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /** End all other sessions */
        delete: operations["endOtherSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{user_id}/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a session */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the allowed models
         * @description `any` is true if any well-formed model identifier is allowed.
         */
        get: operations["listModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check that the process is alive
         * @description Does not use the database.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check that the server is ready
         * @description Ready means that the database answers and that the server is not shutting down.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        NewMessage: ({
            message: string;
        } | {
            content: string;
        }) & ({
            /** @enum {string} */
            actor: "user" | "assistant" | "system";
        } | {
            /** @enum {string} */
            role: "user" | "assistant" | "system";
        }) & {
            files?: components["schemas"]["NewFile"][] | undefined;
        };
        NewFile: {
            /** @description Code blocks often have none */
            title?: string | null | undefined;
            text: string;
            language?: string | undefined;
            extension?: string | undefined;
        };
        User: {
            id: number;
            primary_email: string;
        };
        /**
         * Format: date-time
         * @description ISO 8601 in UTC with milliseconds
         * @example 2026-11-21T09:30:00.000Z
         */
        Time: string;
        Error: {
            statusCode: number;
            statusMessage: string;
            message: string;
            data: {
                /**
                 * @description The kind of error, for programs
                 * @enum {string}
                 */
                name: "BadRequest" | "Unauthorized" | "Forbidden" | "NotFound" | "MethodNotAllowed" | "RequestTimeout" | "Conflict" | "PreconditionFailed" | "PayloadTooLarge" | "UnsupportedMediaType" | "RangeNotSatisfiable" | "ExpectationFailed" | "UnprocessableEntity" | "TooManyRequests" | "HeadersTooLarge" | "InternalError" | "Unavailable" | "ValidationError" | "InvalidCredentials" | "InvalidLink" | "EmptyChat" | "QuotaExceeded";
                message: string;
                /** @description The invalid parts of the request, if there are any */
                issues: components["schemas"]["Issue"][];
            };
        };
        Issue: {
            code: string;
            /** @description The invalid part: `["messages", "0", "role"]`; empty for the whole */
            path: string[];
            message: string;
        };
        Project: {
            id: number;
            neptun_user_id: number;
            name: string;
            description: string | null;
            project_type: string;
            type: string;
            programming_language: string;
            main_language: string;
            created_at: components["schemas"]["Time"];
            updated_at: components["schemas"]["Time"];
        };
        Chat: {
            id: number;
            neptun_user_id: number;
            model: string;
            name: string;
            created_at: components["schemas"]["Time"];
            updated_at: components["schemas"]["Time"];
        };
        Message: {
            id: number;
            chat_conversation_id: number;
            neptun_user_id: number;
            /** @enum {string} */
            role: "user" | "assistant" | "system";
            /** @enum {string} */
            actor: "user" | "assistant" | "system";
            content: string;
            message: string;
            created_at: components["schemas"]["Time"];
            updated_at: components["schemas"]["Time"];
            files: components["schemas"]["File"][];
        };
        File: {
            id: number;
            neptun_user_id: number;
            chat_conversation_id: number;
            chat_conversation_message_id: number;
            title: string;
            language: string;
            /** @description Without the dot; as given or from the title, reduced to a safe one */
            extension: string;
            /** @description The title with the extension, reduced to a safe file name: the last part of a path, without control characters, `..`, or dots and spaces at the end; `untitled` if nothing is left */
            name: string;
            /** @description Bytes */
            size: number;
            /** @description Media type */
            type: string;
            /**
             * Format: uri
             * @description Opens the content without a session, for a limited time
             */
            url: string;
            created_at: components["schemas"]["Time"];
            updated_at: components["schemas"]["Time"];
            /** @description The text of a text file of up to 256 KiB; empty for any other file, which can be read at `url` */
            text: string;
        };
        ListedFile: {
            id: number;
            neptun_user_id: number;
            chat_conversation_id: number;
            chat_conversation_message_id: number;
            title: string;
            language: string;
            /** @description Without the dot; as given or from the title, reduced to a safe one */
            extension: string;
            /** @description The title with the extension, reduced to a safe file name: the last part of a path, without control characters, `..`, or dots and spaces at the end; `untitled` if nothing is left */
            name: string;
            /** @description Bytes */
            size: number;
            /** @description Media type */
            type: string;
            /**
             * Format: uri
             * @description Opens the content without a session, for a limited time
             */
            url: string;
            created_at: components["schemas"]["Time"];
            updated_at: components["schemas"]["Time"];
        };
        Share: {
            id: number;
            chat_conversation_id: number;
            /** Format: uuid */
            uuid: string;
            /** Format: uuid */
            share_uuid: string;
            is_shared: boolean;
            is_protected: boolean;
            has_whitelist: boolean;
            expires_at: components["schemas"]["Time"] | null;
            /** Format: uri */
            url: string;
            created_at: components["schemas"]["Time"];
            updated_at: components["schemas"]["Time"];
        };
        WhitelistEntry: {
            id: number;
            chat_conversation_share_id: number;
            whitelisted_neptun_user_id: number;
            email: string;
            created_at: components["schemas"]["Time"];
            updated_at: components["schemas"]["Time"];
        };
        SharedMessage: {
            id: number;
            /** @enum {string} */
            role: "user" | "assistant";
            /** @enum {string} */
            actor: "user" | "assistant";
            content: string;
            message: string;
            timestamp: components["schemas"]["Time"];
            created_at: components["schemas"]["Time"];
            updated_at: components["schemas"]["Time"];
            files: components["schemas"]["SharedFile"][];
        };
        SharedFile: {
            id: number;
            /** @description The text of a text file of up to 256 KiB; empty for any other file, which can be read at `url` */
            text: string;
            title: string;
            language: string;
            /** @description Without the dot; as given or from the title, reduced to a safe one */
            extension: string;
            /** @description The title with the extension, reduced to a safe file name: the last part of a path, without control characters, `..`, or dots and spaces at the end; `untitled` if nothing is left */
            name: string;
            /** @description Bytes */
            size: number;
            /** @description Media type */
            type: string;
            /**
             * Format: uri
             * @description Opens the content without a session, for a limited time
             */
            url: string;
            created_at: components["schemas"]["Time"];
            updated_at: components["schemas"]["Time"];
        };
        ShareInfo: {
            shareExists: boolean;
            shareIsActive: boolean;
            shareIsPrivate: boolean;
            shareHasPassword: boolean;
            shareHasWhitelist: boolean;
        };
        ShareRefusal: {
            statusCode: number;
            statusMessage: string;
            message: string;
            data: {
                shareInfo: components["schemas"]["ShareInfo"];
            };
        };
        Session: {
            id: number;
            current: boolean;
            user_agent: string | null;
            created_at: components["schemas"]["Time"];
            last_used_at: components["schemas"]["Time"];
            expires_at: components["schemas"]["Time"];
        };
        Health: {
            /** @constant */
            status: "healthy";
            timestamp: components["schemas"]["Time"];
            /** @description Seconds since the process started */
            uptime: number;
        };
    };
    responses: {
        /** @description Changes from other sites are not allowed */
        CrossSiteChange: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The request did not arrive in time */
        RequestTimeout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The content type must be application/json or application/x-www-form-urlencoded, in UTF-8 */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description There have been too many attempts */
        TooManyRequests: {
            headers: {
                /** @description Seconds to wait before the next attempt */
                "Retry-After": string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Internal Server Error */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The database is currently unavailable */
        ServiceUnavailable: {
            headers: {
                /** @description Seconds to wait before the next attempt */
                "Retry-After": string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description You do not have access to view the information */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The request body exceeds the limit of 4718592 bytes */
        PayloadTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    signUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "password": "correct horse battery"
                 *     }
                 */
                "application/json": {
                    /** Format: email */
                    email: string;
                    password: string;
                };
                "application/x-www-form-urlencoded": {
                    /** Format: email */
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description The cookie `neptun-session` */
                    "Set-Cookie"?: string | undefined;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": 3,
                     *         "primary_email": "ada@example.com"
                     *       },
                     *       "loggedInAt": "2026-11-21T09:30:00.000Z"
                     *     }
                     */
                    "application/json": {
                        user: components["schemas"]["User"];
                        loggedInAt: components["schemas"]["Time"];
                    };
                };
            };
            /** @description Invalid body(email, password) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            403: components["responses"]["CrossSiteChange"];
            408: components["responses"]["RequestTimeout"];
            /** @description This e-mail address is already in use */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body exceeds the limit of 16384 bytes */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    logIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "password": "correct horse battery"
                 *     }
                 */
                "application/json": {
                    email: string;
                    password: string;
                };
                "application/x-www-form-urlencoded": {
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The cookie `neptun-session` */
                    "Set-Cookie"?: string | undefined;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": 3,
                     *         "primary_email": "ada@example.com"
                     *       },
                     *       "loggedInAt": "2026-11-21T09:30:00.000Z"
                     *     }
                     */
                    "application/json": {
                        user: components["schemas"]["User"];
                        loggedInAt: components["schemas"]["Time"];
                    };
                };
            };
            /** @description Invalid body(email, password) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Invalid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            403: components["responses"]["CrossSiteChange"];
            408: components["responses"]["RequestTimeout"];
            /** @description The request body exceeds the limit of 16384 bytes */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    checkSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": 3,
                     *         "primary_email": "ada@example.com"
                     *       },
                     *       "loggedInAt": "2026-11-21T09:30:00.000Z",
                     *       "expires_at": "2026-11-21T09:30:00.000Z"
                     *     }
                     */
                    "application/json": {
                        user: components["schemas"]["User"];
                        loggedInAt: components["schemas"]["Time"];
                        expires_at: components["schemas"]["Time"];
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    hasSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description You do not have access to view the information */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The database is currently unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    logOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The cookie `neptun-session` */
                    "Set-Cookie"?: string | undefined;
                    [name: string]: unknown;
                };
                content: {
                    /** @example true */
                    "application/json": boolean;
                };
            };
            403: components["responses"]["CrossSiteChange"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listProjects: {
        parameters: {
            query?: {
                /** @description Only projects of this type */
                project_type?: string | undefined;
                /** @description Only projects in this language */
                programming_language?: string | undefined;
                /** @description Maximum number of rows; the whole list if absent */
                limit?: number | undefined;
                /** @description `next_cursor` of the previous page; requires `limit` */
                cursor?: string | undefined;
            } | undefined;
            header?: never;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "projects": [
                     *         {
                     *           "id": 1,
                     *           "neptun_user_id": 3,
                     *           "name": "Gateway",
                     *           "description": null,
                     *           "project_type": "backend",
                     *           "type": "backend",
                     *           "programming_language": "python",
                     *           "main_language": "python",
                     *           "created_at": "2026-11-21T09:30:00.000Z",
                     *           "updated_at": "2026-11-21T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        projects: components["schemas"]["Project"][];
                        /** @description Only with `limit`; null on the last page */
                        next_cursor?: string | null | undefined;
                    };
                };
            };
            /** @description Invalid parameters; Invalid query(project_type) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description User not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createProject: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of your choice, new for each request, with which it can be repeated without creating more */
                "Idempotency-Key"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Gateway",
                 *       "description": "In front of everything else",
                 *       "project_type": "backend",
                 *       "programming_language": "python"
                 *     }
                 */
                "application/json": {
                    name: string;
                    /** @default null */
                    description?: string | null | undefined;
                } & ({
                    project_type: string;
                } | {
                    type: string;
                }) & ({
                    programming_language: string;
                } | {
                    main_language: string;
                });
                "application/x-www-form-urlencoded": {
                    name: string;
                    /** @default null */
                    description?: string | null | undefined;
                } & ({
                    project_type: string;
                } | {
                    type: string;
                }) & ({
                    programming_language: string;
                } | {
                    main_language: string;
                });
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Identifies the state of the fields that requests change */
                    ETag: string;
                    /** @description `true` if an earlier request created the rows */
                    "Idempotent-Replayed"?: string | undefined;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "project": {
                     *         "id": 1,
                     *         "neptun_user_id": 3,
                     *         "name": "Gateway",
                     *         "description": "In front of everything else",
                     *         "project_type": "backend",
                     *         "type": "backend",
                     *         "programming_language": "python",
                     *         "main_language": "python",
                     *         "created_at": "2026-11-21T09:30:00.000Z",
                     *         "updated_at": "2026-11-21T09:30:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        project: components["schemas"]["Project"];
                    };
                };
            };
            /** @description Invalid parameters; Invalid header(Idempotency-Key); Invalid body(name, description, project_type, type, programming_language, main_language) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CrossSiteChange"];
            /** @description User not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            /** @description A request with this Idempotency-Key is being processed; What the first request with this Idempotency-Key created has been deleted; The account has the maximum number of projects */
            409: {
                headers: {
                    /** @description Seconds to wait before the next attempt */
                    "Retry-After"?: string | undefined;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description The Idempotency-Key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getProject: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the state that the client has */
                "If-None-Match"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a project
                 * @example 1
                 */
                project_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Identifies the state of the fields that requests change */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "project": {
                     *         "id": 1,
                     *         "neptun_user_id": 3,
                     *         "name": "Gateway",
                     *         "description": null,
                     *         "project_type": "backend",
                     *         "type": "backend",
                     *         "programming_language": "python",
                     *         "main_language": "python",
                     *         "created_at": "2026-11-21T09:30:00.000Z",
                     *         "updated_at": "2026-11-21T09:30:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        project: components["schemas"]["Project"];
                    };
                };
            };
            /** @description The client already has this state */
            304: {
                headers: {
                    /** @description Identifies the state of the fields that requests change */
                    ETag: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Invalid parameters */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description User not found; Project not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteProject: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the state that may be changed, several of them, or `*` */
                "If-Match"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a project
                 * @example 1
                 */
                project_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example true */
                    "application/json": true;
                };
            };
            /** @description Invalid parameters; Invalid header(If-Match) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CrossSiteChange"];
            /** @description User not found; Project not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The resource has been changed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    updateProject: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the state that may be changed, several of them, or `*` */
                "If-Match"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a project
                 * @example 1
                 */
                project_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "description": null
                 *     }
                 */
                "application/json": {
                    name?: string | undefined;
                    description?: string | null | undefined;
                    project_type?: string | undefined;
                    type?: string | undefined;
                    programming_language?: string | undefined;
                    main_language?: string | undefined;
                };
                "application/x-www-form-urlencoded": {
                    name?: string | undefined;
                    description?: string | null | undefined;
                    project_type?: string | undefined;
                    type?: string | undefined;
                    programming_language?: string | undefined;
                    main_language?: string | undefined;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Identifies the state of the fields that requests change */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "project": {
                     *         "id": 1,
                     *         "neptun_user_id": 3,
                     *         "name": "Gateway",
                     *         "description": null,
                     *         "project_type": "backend",
                     *         "type": "backend",
                     *         "programming_language": "python",
                     *         "main_language": "python",
                     *         "created_at": "2026-11-21T09:30:00.000Z",
                     *         "updated_at": "2026-11-21T09:30:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        project: components["schemas"]["Project"];
                    };
                };
            };
            /** @description Invalid parameters; Invalid header(If-Match); Invalid body(name, description, project_type, type, programming_language, main_language) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CrossSiteChange"];
            /** @description User not found; Project not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            /** @description The resource has been changed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listChats: {
        parameters: {
            query?: {
                /** @description The id of a project, or `none` for the chats outside any */
                project_id?: number | "none" | undefined;
                /** @description `column:direction`, several separated by commas; no column twice */
                order_by?: ("id:asc" | "id:desc" | "name:asc" | "name:desc" | "model:asc" | "model:desc" | "created_at:asc" | "created_at:desc" | "updated_at:asc" | "updated_at:desc")[] | undefined;
                /** @description Maximum number of rows; the whole list if absent */
                limit?: number | undefined;
                /** @description `next_cursor` of the previous page; requires `limit` */
                cursor?: string | undefined;
            } | undefined;
            header?: never;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chats": [
                     *         {
                     *           "id": 4,
                     *           "neptun_user_id": 3,
                     *           "model": "google/gemma-2-27b-it",
                     *           "name": "How to say hello",
                     *           "created_at": "2026-11-21T09:30:00.000Z",
                     *           "updated_at": "2026-11-21T09:30:00.000Z"
                     *         },
                     *         {
                     *           "id": 3,
                     *           "neptun_user_id": 3,
                     *           "model": "google/gemma-2-27b-it",
                     *           "name": "A second try",
                     *           "created_at": "2026-11-21T09:30:00.000Z",
                     *           "updated_at": "2026-11-21T09:30:00.000Z"
                     *         },
                     *         {
                     *           "id": 2,
                     *           "neptun_user_id": 3,
                     *           "model": "google/gemma-2-27b-it",
                     *           "name": "A first try",
                     *           "created_at": "2026-11-21T09:30:00.000Z",
                     *           "updated_at": "2026-11-21T09:30:00.000Z"
                     *         },
                     *         {
                     *           "id": 1,
                     *           "neptun_user_id": 3,
                     *           "model": "google/gemma-2-27b-it",
                     *           "name": "Loose talk",
                     *           "created_at": "2026-11-21T09:30:00.000Z",
                     *           "updated_at": "2026-11-21T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        chats: components["schemas"]["Chat"][];
                        /** @description Only with `limit`; null on the last page */
                        next_cursor?: string | null | undefined;
                    };
                };
            };
            /** @description Invalid parameters; Invalid query(project_id) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description User not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createChat: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of your choice, new for each request, with which it can be repeated without creating more */
                "Idempotency-Key"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "model": "google/gemma-2-27b-it",
                 *       "name": "Loose talk"
                 *     }
                 */
                "application/json": {
                    /** @example google/gemma-2-27b-it */
                    model: string;
                    name: string;
                };
                "application/x-www-form-urlencoded": {
                    /** @example google/gemma-2-27b-it */
                    model: string;
                    name: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Identifies the state of the fields that requests change */
                    ETag: string;
                    /** @description `true` if an earlier request created the rows */
                    "Idempotent-Replayed"?: string | undefined;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chat": {
                     *         "id": 1,
                     *         "neptun_user_id": 3,
                     *         "model": "google/gemma-2-27b-it",
                     *         "name": "Loose talk",
                     *         "created_at": "2026-11-21T09:30:00.000Z",
                     *         "updated_at": "2026-11-21T09:30:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        chat: components["schemas"]["Chat"];
                    };
                };
            };
            /** @description Invalid parameters; Invalid header(Idempotency-Key); Invalid body(model, name) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CrossSiteChange"];
            /** @description User not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            /** @description A request with this Idempotency-Key is being processed; What the first request with this Idempotency-Key created has been deleted; The account has the maximum number of chats */
            409: {
                headers: {
                    /** @description Seconds to wait before the next attempt */
                    "Retry-After"?: string | undefined;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description The Idempotency-Key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteChats: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "chat_ids": [
                 *         1
                 *       ]
                 *     }
                 */
                "application/json": {
                    chat_ids: number[];
                };
                "application/x-www-form-urlencoded": {
                    chat_ids: number[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example true */
                    "application/json": true;
                };
            };
            /** @description Invalid parameters; Invalid body(chat_ids) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CrossSiteChange"];
            /** @description User not found; Chat not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getChat: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the state that the client has */
                "If-None-Match"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a chat
                 * @example 1
                 */
                chat_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Identifies the state of the fields that requests change */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chat": {
                     *         "id": 4,
                     *         "neptun_user_id": 3,
                     *         "model": "google/gemma-2-27b-it",
                     *         "name": "How to say hello",
                     *         "created_at": "2026-11-21T09:30:00.000Z",
                     *         "updated_at": "2026-11-21T09:30:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        chat: components["schemas"]["Chat"];
                    };
                };
            };
            /** @description The client already has this state */
            304: {
                headers: {
                    /** @description Identifies the state of the fields that requests change */
                    ETag: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Invalid parameters */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description User not found; Chat not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteChat: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the state that may be changed, several of them, or `*` */
                "If-Match"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a chat
                 * @example 1
                 */
                chat_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example true */
                    "application/json": true;
                };
            };
            /** @description Invalid parameters; Invalid header(If-Match) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CrossSiteChange"];
            /** @description User not found; Chat not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The resource has been changed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    updateChat: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the state that may be changed, several of them, or `*` */
                "If-Match"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a chat
                 * @example 1
                 */
                chat_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "How to say hello"
                 *     }
                 */
                "application/json": {
                    name?: string | undefined;
                    project_id?: number | null | undefined;
                };
                "application/x-www-form-urlencoded": {
                    name?: string | undefined;
                    project_id?: number | null | undefined;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Identifies the state of the fields that requests change */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chat": {
                     *         "id": 4,
                     *         "neptun_user_id": 3,
                     *         "model": "google/gemma-2-27b-it",
                     *         "name": "How to say hello",
                     *         "created_at": "2026-11-21T09:30:00.000Z",
                     *         "updated_at": "2026-11-21T09:30:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        chat: components["schemas"]["Chat"];
                    };
                };
            };
            /** @description Invalid parameters; Invalid header(If-Match); Invalid body(name, project_id) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CrossSiteChange"];
            /** @description User not found; Chat not found; Project not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            /** @description The resource has been changed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listProjectChats: {
        parameters: {
            query?: {
                /** @description `column:direction`, several separated by commas; no column twice */
                order_by?: ("id:asc" | "id:desc" | "name:asc" | "name:desc" | "model:asc" | "model:desc" | "created_at:asc" | "created_at:desc" | "updated_at:asc" | "updated_at:desc")[] | undefined;
                /** @description Maximum number of rows; the whole list if absent */
                limit?: number | undefined;
                /** @description `next_cursor` of the previous page; requires `limit` */
                cursor?: string | undefined;
            } | undefined;
            header?: never;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a project
                 * @example 1
                 */
                project_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chats": [
                     *         {
                     *           "id": 4,
                     *           "neptun_user_id": 3,
                     *           "model": "google/gemma-2-27b-it",
                     *           "name": "How to say hello",
                     *           "created_at": "2026-11-21T09:30:00.000Z",
                     *           "updated_at": "2026-11-21T09:30:00.000Z"
                     *         },
                     *         {
                     *           "id": 3,
                     *           "neptun_user_id": 3,
                     *           "model": "google/gemma-2-27b-it",
                     *           "name": "A second try",
                     *           "created_at": "2026-11-21T09:30:00.000Z",
                     *           "updated_at": "2026-11-21T09:30:00.000Z"
                     *         },
                     *         {
                     *           "id": 2,
                     *           "neptun_user_id": 3,
                     *           "model": "google/gemma-2-27b-it",
                     *           "name": "A first try",
                     *           "created_at": "2026-11-21T09:30:00.000Z",
                     *           "updated_at": "2026-11-21T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        chats: components["schemas"]["Chat"][];
                        /** @description Only with `limit`; null on the last page */
                        next_cursor?: string | null | undefined;
                    };
                };
            };
            /** @description Invalid parameters; Invalid query(order_by) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description User not found; Project not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createProjectChat: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of your choice, new for each request, with which it can be repeated without creating more */
                "Idempotency-Key"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a project
                 * @example 1
                 */
                project_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "model": "google/gemma-2-27b-it",
                 *       "name": "Project Discussion"
                 *     }
                 */
                "application/json": {
                    /** @example google/gemma-2-27b-it */
                    model: string;
                    name: string;
                };
                "application/x-www-form-urlencoded": {
                    /** @example google/gemma-2-27b-it */
                    model: string;
                    name: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Identifies the state of the fields that requests change */
                    ETag: string;
                    /** @description `true` if an earlier request created the rows */
                    "Idempotent-Replayed"?: string | undefined;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chat": {
                     *         "id": 4,
                     *         "neptun_user_id": 3,
                     *         "model": "google/gemma-2-27b-it",
                     *         "name": "Project Discussion",
                     *         "created_at": "2026-11-21T09:30:00.000Z",
                     *         "updated_at": "2026-11-21T09:30:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        chat: components["schemas"]["Chat"];
                    };
                };
            };
            /** @description Invalid parameters; Invalid header(Idempotency-Key); Invalid body(model, name) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CrossSiteChange"];
            /** @description User not found; Project not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            /** @description A request with this Idempotency-Key is being processed; What the first request with this Idempotency-Key created has been deleted; The account has the maximum number of chats */
            409: {
                headers: {
                    /** @description Seconds to wait before the next attempt */
                    "Retry-After"?: string | undefined;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description The Idempotency-Key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteProjectChats: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a project
                 * @example 1
                 */
                project_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "chat_ids": [
                 *         2
                 *       ]
                 *     }
                 */
                "application/json": {
                    chat_ids: number[];
                };
                "application/x-www-form-urlencoded": {
                    chat_ids: number[];
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example true */
                    "application/json": true;
                };
            };
            /** @description Invalid parameters; Invalid body(chat_ids) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CrossSiteChange"];
            /** @description User not found; Project not found; Chat not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteProjectChat: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the state that may be changed, several of them, or `*` */
                "If-Match"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a project
                 * @example 1
                 */
                project_id: number;
                /**
                 * @description The id of a chat
                 * @example 1
                 */
                chat_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example true */
                    "application/json": true;
                };
            };
            /** @description Invalid parameters; Invalid header(If-Match) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CrossSiteChange"];
            /** @description User not found; Project not found; Chat not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The resource has been changed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listMessages: {
        parameters: {
            query?: {
                /** @description `column:direction`, several separated by commas; no column twice */
                order_by?: ("id:asc" | "id:desc")[] | undefined;
                /** @description Maximum number of rows; the whole list if absent */
                limit?: number | undefined;
                /** @description `next_cursor` of the previous page; requires `limit` */
                cursor?: string | undefined;
            } | undefined;
            header?: never;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a chat
                 * @example 1
                 */
                chat_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chatMessages": [
                     *         {
                     *           "id": 1,
                     *           "chat_conversation_id": 4,
                     *           "neptun_user_id": 3,
                     *           "role": "user",
                     *           "actor": "user",
                     *           "content": "How can I say hello in Python?",
                     *           "message": "How can I say hello in Python?",
                     *           "created_at": "2026-11-21T09:30:00.000Z",
                     *           "updated_at": "2026-11-21T09:30:00.000Z",
                     *           "files": []
                     *         },
                     *         {
                     *           "id": 2,
                     *           "chat_conversation_id": 4,
                     *           "neptun_user_id": 3,
                     *           "role": "assistant",
                     *           "actor": "assistant",
                     *           "content": "Like this:",
                     *           "message": "Like this:",
                     *           "created_at": "2026-11-21T09:30:00.000Z",
                     *           "updated_at": "2026-11-21T09:30:00.000Z",
                     *           "files": [
                     *             {
                     *               "id": 1,
                     *               "neptun_user_id": 3,
                     *               "chat_conversation_id": 4,
                     *               "chat_conversation_message_id": 2,
                     *               "title": "example.py",
                     *               "language": "python",
                     *               "extension": "py",
                     *               "name": "example.py",
                     *               "size": 15,
                     *               "type": "text/plain",
                     *               "url": "http://127.0.0.1:3000/api/files/1?expires=1795254300&signature=Vq3kJ0xWm1s8yq7cZ2bN5tR4uH6pL9aEoXfDgKjTnQw",
                     *               "created_at": "2026-11-21T09:30:00.000Z",
                     *               "updated_at": "2026-11-21T09:30:00.000Z",
                     *               "text": "print(\"Hello\")\n"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        chatMessages: components["schemas"]["Message"][];
                        /** @description Only with `limit`; null on the last page */
                        next_cursor?: string | null | undefined;
                    };
                };
            };
            /** @description Invalid parameters; Invalid query(order_by) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description User not found; Chat not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    appendMessages: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of your choice, new for each request, with which it can be repeated without creating more */
                "Idempotency-Key"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a chat
                 * @example 1
                 */
                chat_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "messages": [
                 *         {
                 *           "actor": "user",
                 *           "message": "Hello, how can I say hello?"
                 *         },
                 *         {
                 *           "actor": "assistant",
                 *           "message": "Like this:",
                 *           "files": [
                 *             {
                 *               "title": "example.py",
                 *               "text": "print(\"Hello\")\n"
                 *             }
                 *           ]
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewMessage"] | {
                    messages: components["schemas"]["NewMessage"][];
                };
                "application/x-www-form-urlencoded": components["schemas"]["NewMessage"] | {
                    messages: components["schemas"]["NewMessage"][];
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Identifies the state of the fields that requests change */
                    ETag?: string | undefined;
                    /** @description `true` if an earlier request created the rows */
                    "Idempotent-Replayed"?: string | undefined;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chatMessages": [
                     *         {
                     *           "id": 1,
                     *           "chat_conversation_id": 4,
                     *           "neptun_user_id": 3,
                     *           "role": "user",
                     *           "actor": "user",
                     *           "content": "Hello, how can I say hello?",
                     *           "message": "Hello, how can I say hello?",
                     *           "created_at": "2026-11-21T09:30:00.000Z",
                     *           "updated_at": "2026-11-21T09:30:00.000Z",
                     *           "files": []
                     *         },
                     *         {
                     *           "id": 2,
                     *           "chat_conversation_id": 4,
                     *           "neptun_user_id": 3,
                     *           "role": "assistant",
                     *           "actor": "assistant",
                     *           "content": "Like this:",
                     *           "message": "Like this:",
                     *           "created_at": "2026-11-21T09:30:00.000Z",
                     *           "updated_at": "2026-11-21T09:30:00.000Z",
                     *           "files": [
                     *             {
                     *               "id": 1,
                     *               "neptun_user_id": 3,
                     *               "chat_conversation_id": 4,
                     *               "chat_conversation_message_id": 2,
                     *               "title": "example.py",
                     *               "language": "python",
                     *               "extension": "py",
                     *               "name": "example.py",
                     *               "size": 15,
                     *               "type": "text/plain",
                     *               "url": "http://127.0.0.1:3000/api/files/1?expires=1795254300&signature=Vq3kJ0xWm1s8yq7cZ2bN5tR4uH6pL9aEoXfDgKjTnQw",
                     *               "created_at": "2026-11-21T09:30:00.000Z",
                     *               "updated_at": "2026-11-21T09:30:00.000Z",
                     *               "text": "print(\"Hello\")\n"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        chatMessages: components["schemas"]["Message"][];
                    } | {
                        chatMessage: components["schemas"]["Message"];
                    };
                };
            };
            /** @description Invalid parameters; Invalid header(Idempotency-Key); Invalid body(message, content, actor, role, files, messages) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CrossSiteChange"];
            /** @description User not found; Chat not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            /** @description A request with this Idempotency-Key is being processed; What the first request with this Idempotency-Key created has been deleted; The account has no storage left; The chat has the maximum number of messages */
            409: {
                headers: {
                    /** @description Seconds to wait before the next attempt */
                    "Retry-After"?: string | undefined;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description The Idempotency-Key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a chat
                 * @example 1
                 */
                chat_id: number;
                /**
                 * @description The id of a message of the chat
                 * @example 3
                 */
                message_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Identifies the state of the fields that requests change */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chatMessage": {
                     *         "id": 2,
                     *         "chat_conversation_id": 4,
                     *         "neptun_user_id": 3,
                     *         "role": "assistant",
                     *         "actor": "assistant",
                     *         "content": "Like this:",
                     *         "message": "Like this:",
                     *         "created_at": "2026-11-21T09:30:00.000Z",
                     *         "updated_at": "2026-11-21T09:30:00.000Z",
                     *         "files": [
                     *           {
                     *             "id": 1,
                     *             "neptun_user_id": 3,
                     *             "chat_conversation_id": 4,
                     *             "chat_conversation_message_id": 2,
                     *             "title": "example.py",
                     *             "language": "python",
                     *             "extension": "py",
                     *             "name": "example.py",
                     *             "size": 15,
                     *             "type": "text/plain",
                     *             "url": "http://127.0.0.1:3000/api/files/1?expires=1795254300&signature=Vq3kJ0xWm1s8yq7cZ2bN5tR4uH6pL9aEoXfDgKjTnQw",
                     *             "created_at": "2026-11-21T09:30:00.000Z",
                     *             "updated_at": "2026-11-21T09:30:00.000Z",
                     *             "text": "print(\"Hello\")\n"
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        chatMessage: components["schemas"]["Message"];
                    };
                };
            };
            /** @description Invalid parameters */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description User not found; Chat not found; Message not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the state that may be changed, several of them, or `*` */
                "If-Match"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a chat
                 * @example 1
                 */
                chat_id: number;
                /**
                 * @description The id of a message of the chat
                 * @example 3
                 */
                message_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example true */
                    "application/json": true;
                };
            };
            /** @description Invalid parameters; Invalid header(If-Match) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CrossSiteChange"];
            /** @description User not found; Chat not found; Message not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The resource has been changed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    updateMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the state that may be changed, several of them, or `*` */
                "If-Match"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a chat
                 * @example 1
                 */
                chat_id: number;
                /**
                 * @description The id of a message of the chat
                 * @example 3
                 */
                message_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "message": "How can I say hello in Python?"
                 *     }
                 */
                "application/json": {
                    message: string;
                } | {
                    content: string;
                };
                "application/x-www-form-urlencoded": {
                    message: string;
                } | {
                    content: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Identifies the state of the fields that requests change */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chatMessage": {
                     *         "id": 1,
                     *         "chat_conversation_id": 4,
                     *         "neptun_user_id": 3,
                     *         "role": "user",
                     *         "actor": "user",
                     *         "content": "How can I say hello in Python?",
                     *         "message": "How can I say hello in Python?",
                     *         "created_at": "2026-11-21T09:30:00.000Z",
                     *         "updated_at": "2026-11-21T09:30:00.000Z",
                     *         "files": []
                     *       }
                     *     }
                     */
                    "application/json": {
                        chatMessage: components["schemas"]["Message"];
                    };
                };
            };
            /** @description Invalid parameters; Invalid header(If-Match); Invalid body(message, content) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CrossSiteChange"];
            /** @description User not found; Chat not found; Message not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            /** @description The account has no storage left */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The resource has been changed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteLastMessages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a chat
                 * @example 1
                 */
                chat_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "maybeAssistantMessageToDelete": {
                     *         "id": 2,
                     *         "chat_conversation_id": 4,
                     *         "neptun_user_id": 3,
                     *         "role": "assistant",
                     *         "actor": "assistant",
                     *         "content": "Like this:",
                     *         "message": "Like this:",
                     *         "created_at": "2026-11-21T09:30:00.000Z",
                     *         "updated_at": "2026-11-21T09:30:00.000Z",
                     *         "files": [
                     *           {
                     *             "id": 1,
                     *             "neptun_user_id": 3,
                     *             "chat_conversation_id": 4,
                     *             "chat_conversation_message_id": 2,
                     *             "title": "example.py",
                     *             "language": "python",
                     *             "extension": "py",
                     *             "name": "example.py",
                     *             "size": 15,
                     *             "type": "text/plain",
                     *             "url": "http://127.0.0.1:3000/api/files/1?expires=1795254300&signature=Vq3kJ0xWm1s8yq7cZ2bN5tR4uH6pL9aEoXfDgKjTnQw",
                     *             "created_at": "2026-11-21T09:30:00.000Z",
                     *             "updated_at": "2026-11-21T09:30:00.000Z",
                     *             "text": "print(\"Hello\")\n"
                     *           }
                     *         ]
                     *       },
                     *       "maybeUserMessageToDelete": {
                     *         "id": 1,
                     *         "chat_conversation_id": 4,
                     *         "neptun_user_id": 3,
                     *         "role": "user",
                     *         "actor": "user",
                     *         "content": "How can I say hello in Python?",
                     *         "message": "How can I say hello in Python?",
                     *         "created_at": "2026-11-21T09:30:00.000Z",
                     *         "updated_at": "2026-11-21T09:30:00.000Z",
                     *         "files": []
                     *       }
                     *     }
                     */
                    "application/json": {
                        deletedSuccessfully: number[];
                        failedToDelete: number[];
                    } | {
                        maybeAssistantMessageToDelete: components["schemas"]["Message"] | null;
                        maybeUserMessageToDelete: components["schemas"]["Message"] | null;
                    };
                };
            };
            /** @description Invalid parameters; The chat has no messages */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CrossSiteChange"];
            /** @description User not found; Chat not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listChatFiles: {
        parameters: {
            query?: {
                /** @description Maximum number of rows; the whole list if absent */
                limit?: number | undefined;
                /** @description `next_cursor` of the previous page; requires `limit` */
                cursor?: string | undefined;
            } | undefined;
            header?: never;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a chat
                 * @example 1
                 */
                chat_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chatFiles": [
                     *         {
                     *           "id": 1,
                     *           "neptun_user_id": 3,
                     *           "chat_conversation_id": 4,
                     *           "chat_conversation_message_id": 2,
                     *           "title": "example.py",
                     *           "language": "python",
                     *           "extension": "py",
                     *           "name": "example.py",
                     *           "size": 15,
                     *           "type": "text/plain",
                     *           "url": "http://127.0.0.1:3000/api/files/1?expires=1795254300&signature=Vq3kJ0xWm1s8yq7cZ2bN5tR4uH6pL9aEoXfDgKjTnQw",
                     *           "created_at": "2026-11-21T09:30:00.000Z",
                     *           "updated_at": "2026-11-21T09:30:00.000Z"
                     *         },
                     *         {
                     *           "id": 2,
                     *           "neptun_user_id": 3,
                     *           "chat_conversation_id": 4,
                     *           "chat_conversation_message_id": 2,
                     *           "title": "hello",
                     *           "language": "shell",
                     *           "extension": "sh",
                     *           "name": "hello.sh",
                     *           "size": 11,
                     *           "type": "application/x-sh",
                     *           "url": "http://127.0.0.1:3000/api/files/2?expires=1795254300&signature=Vq3kJ0xWm1s8yq7cZ2bN5tR4uH6pL9aEoXfDgKjTnQw",
                     *           "created_at": "2026-11-21T09:30:00.000Z",
                     *           "updated_at": "2026-11-21T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        chatFiles: components["schemas"]["ListedFile"][];
                        /** @description Only with `limit`; null on the last page */
                        next_cursor?: string | null | undefined;
                    };
                };
            };
            /** @description Invalid parameters; Invalid query(limit) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description User not found; Chat not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    addFiles: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of your choice, new for each request, with which it can be repeated without creating more */
                "Idempotency-Key"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a chat
                 * @example 1
                 */
                chat_id: number;
                /**
                 * @description The id of a message of the chat
                 * @example 3
                 */
                message_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "hello",
                 *       "text": "echo Hello\n",
                 *       "extension": "sh"
                 *     }
                 */
                "application/json": components["schemas"]["NewFile"] | {
                    files: components["schemas"]["NewFile"][];
                };
                "application/x-www-form-urlencoded": components["schemas"]["NewFile"] | {
                    files: components["schemas"]["NewFile"][];
                };
                "multipart/form-data": FormData;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Identifies the state of the fields that requests change */
                    ETag?: string | undefined;
                    /** @description `true` if an earlier request created the rows */
                    "Idempotent-Replayed"?: string | undefined;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chatFile": {
                     *         "id": 2,
                     *         "neptun_user_id": 3,
                     *         "chat_conversation_id": 4,
                     *         "chat_conversation_message_id": 2,
                     *         "title": "hello",
                     *         "language": "shell",
                     *         "extension": "sh",
                     *         "name": "hello.sh",
                     *         "size": 11,
                     *         "type": "application/x-sh",
                     *         "url": "http://127.0.0.1:3000/api/files/2?expires=1795254300&signature=Vq3kJ0xWm1s8yq7cZ2bN5tR4uH6pL9aEoXfDgKjTnQw",
                     *         "created_at": "2026-11-21T09:30:00.000Z",
                     *         "updated_at": "2026-11-21T09:30:00.000Z",
                     *         "text": "echo Hello\n"
                     *       }
                     *     }
                     */
                    "application/json": {
                        chatFiles: components["schemas"]["File"][];
                    } | {
                        chatFile: components["schemas"]["File"];
                    };
                };
            };
            /** @description Invalid parameters; Invalid header(Idempotency-Key); Invalid body(title, text, language, extension, files) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CrossSiteChange"];
            /** @description User not found; Chat not found; Message not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            /** @description A request with this Idempotency-Key is being processed; What the first request with this Idempotency-Key created has been deleted; The account has no storage left; The message has the maximum number of files; The files of the message have the maximum amount of text */
            409: {
                headers: {
                    /** @description Seconds to wait before the next attempt */
                    "Retry-After"?: string | undefined;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            /** @description The content type must be application/json or application/x-www-form-urlencoded, in UTF-8, or multipart/form-data */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The Idempotency-Key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a chat
                 * @example 1
                 */
                chat_id: number;
                /**
                 * @description The id of a message of the chat
                 * @example 3
                 */
                message_id: number;
                /**
                 * @description The id of a file
                 * @example 1
                 */
                file_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Identifies the state of the fields that requests change */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chatFile": {
                     *         "id": 2,
                     *         "neptun_user_id": 3,
                     *         "chat_conversation_id": 4,
                     *         "chat_conversation_message_id": 2,
                     *         "title": "hello",
                     *         "language": "shell",
                     *         "extension": "sh",
                     *         "name": "hello.sh",
                     *         "size": 11,
                     *         "type": "application/x-sh",
                     *         "url": "http://127.0.0.1:3000/api/files/2?expires=1795254300&signature=Vq3kJ0xWm1s8yq7cZ2bN5tR4uH6pL9aEoXfDgKjTnQw",
                     *         "created_at": "2026-11-21T09:30:00.000Z",
                     *         "updated_at": "2026-11-21T09:30:00.000Z",
                     *         "text": "echo Hello\n"
                     *       }
                     *     }
                     */
                    "application/json": {
                        chatFile: components["schemas"]["File"];
                    };
                };
            };
            /** @description Invalid parameters */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description User not found; Chat not found; Message not found; File not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteFile: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the state that may be changed, several of them, or `*` */
                "If-Match"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a chat
                 * @example 1
                 */
                chat_id: number;
                /**
                 * @description The id of a message of the chat
                 * @example 3
                 */
                message_id: number;
                /**
                 * @description The id of a file
                 * @example 1
                 */
                file_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example true */
                    "application/json": true;
                };
            };
            /** @description Invalid parameters; Invalid header(If-Match) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CrossSiteChange"];
            /** @description User not found; Chat not found; Message not found; File not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The resource has been changed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listUserFiles: {
        parameters: {
            query?: {
                /** @description Maximum number of rows; the whole list if absent */
                limit?: number | undefined;
                /** @description `next_cursor` of the previous page; requires `limit` */
                cursor?: string | undefined;
            } | undefined;
            header?: never;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "files": [
                     *         {
                     *           "id": 1,
                     *           "neptun_user_id": 3,
                     *           "chat_conversation_id": 4,
                     *           "chat_conversation_message_id": 2,
                     *           "title": "example.py",
                     *           "language": "python",
                     *           "extension": "py",
                     *           "name": "example.py",
                     *           "size": 15,
                     *           "type": "text/plain",
                     *           "url": "http://127.0.0.1:3000/api/files/1?expires=1795254300&signature=Vq3kJ0xWm1s8yq7cZ2bN5tR4uH6pL9aEoXfDgKjTnQw",
                     *           "created_at": "2026-11-21T09:30:00.000Z",
                     *           "updated_at": "2026-11-21T09:30:00.000Z"
                     *         },
                     *         {
                     *           "id": 2,
                     *           "neptun_user_id": 3,
                     *           "chat_conversation_id": 4,
                     *           "chat_conversation_message_id": 2,
                     *           "title": "hello",
                     *           "language": "shell",
                     *           "extension": "sh",
                     *           "name": "hello.sh",
                     *           "size": 11,
                     *           "type": "application/x-sh",
                     *           "url": "http://127.0.0.1:3000/api/files/2?expires=1795254300&signature=Vq3kJ0xWm1s8yq7cZ2bN5tR4uH6pL9aEoXfDgKjTnQw",
                     *           "created_at": "2026-11-21T09:30:00.000Z",
                     *           "updated_at": "2026-11-21T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        files: components["schemas"]["ListedFile"][];
                        /** @description Only with `limit`; null on the last page */
                        next_cursor?: string | null | undefined;
                    };
                };
            };
            /** @description Invalid parameters; Invalid query(limit) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description User not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    downloadFile: {
        parameters: {
            query?: {
                /** @description When the link expires: a Unix time */
                expires?: string | undefined;
                /** @description The signature of the other parts, behind the id of the owner in a link that the owner got */
                signature?: string | undefined;
                /** @description In a link that a share issued: its `uuid` and the version of its terms */
                grant?: string | undefined;
            } | undefined;
            header?: {
                /** @description The requested part */
                Range?: string | undefined;
                /** @description The `ETag` that the range refers to */
                "If-Range"?: string | undefined;
                /** @description The `ETag` of the content that the client has */
                "If-None-Match"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of a file
                 * @example 1
                 */
                file_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The content */
            200: {
                headers: {
                    /** @description Identifies the content, which never changes */
                    ETag: string;
                    /** @description `bytes` */
                    "Accept-Ranges": string;
                    /** @description `attachment` with the file name */
                    "Content-Disposition": string;
                    [name: string]: unknown;
                };
                content: {
                    "*/*": Blob;
                };
            };
            /** @description The requested part of the content */
            206: {
                headers: {
                    /** @description Identifies the content, which never changes */
                    ETag: string;
                    /** @description `bytes` */
                    "Accept-Ranges": string;
                    /** @description `attachment` with the file name */
                    "Content-Disposition": string;
                    /** @description The range of this part */
                    "Content-Range": string;
                    [name: string]: unknown;
                };
                content: {
                    "*/*": Blob;
                };
            };
            /** @description The client already has the content */
            304: {
                headers: {
                    /** @description Identifies the content, which never changes */
                    ETag: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Invalid parameters; Invalid query(expires) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description This link is invalid or has expired */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description File not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The file has no such range */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getChatShare: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the state that the client has */
                "If-None-Match"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a chat
                 * @example 1
                 */
                chat_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Identifies the state of the fields that requests change */
                    ETag?: string | undefined;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "uuid": "0f9c6f2e-5b1d-4c7a-9a43-8d2e7b6c1f50",
                     *       "share": {
                     *         "id": 1,
                     *         "chat_conversation_id": 4,
                     *         "uuid": "0f9c6f2e-5b1d-4c7a-9a43-8d2e7b6c1f50",
                     *         "share_uuid": "0f9c6f2e-5b1d-4c7a-9a43-8d2e7b6c1f50",
                     *         "is_shared": true,
                     *         "is_protected": true,
                     *         "has_whitelist": true,
                     *         "expires_at": "2026-11-21T09:30:00.000Z",
                     *         "url": "http://127.0.0.1:3000/api/shared/chats/0f9c6f2e-5b1d-4c7a-9a43-8d2e7b6c1f50",
                     *         "created_at": "2026-11-21T09:30:00.000Z",
                     *         "updated_at": "2026-11-21T09:30:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** Format: uuid */
                        uuid: string;
                        share: components["schemas"]["Share"];
                    } | null;
                };
            };
            /** @description The client already has this state */
            304: {
                headers: {
                    /** @description Identifies the state of the fields that requests change */
                    ETag: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Invalid parameters */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description User not found; Chat not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createShare: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of your choice, new for each request, with which it can be repeated without creating more */
                "Idempotency-Key"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a chat
                 * @example 1
                 */
                chat_id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "password": "open sesame"
                 *     }
                 */
                "application/json": {
                    /** @default true */
                    is_shared?: boolean | undefined;
                    is_protected?: boolean | undefined;
                    password?: string | null | undefined;
                    /** @description Another name of `password`: the password itself, not a hash; none if empty */
                    hashed_password?: string | null | undefined;
                    expires_at?: string | null | undefined;
                    emails?: string[] | undefined;
                };
                "application/x-www-form-urlencoded": {
                    /** @default true */
                    is_shared?: boolean | undefined;
                    is_protected?: boolean | undefined;
                    password?: string | null | undefined;
                    /** @description Another name of `password`: the password itself, not a hash; none if empty */
                    hashed_password?: string | null | undefined;
                    expires_at?: string | null | undefined;
                    emails?: string[] | undefined;
                };
            };
        } | undefined;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description Identifies the state of the fields that requests change */
                    ETag: string;
                    /** @description `true` if an earlier request created the rows */
                    "Idempotent-Replayed"?: string | undefined;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "share": {
                     *         "id": 1,
                     *         "chat_conversation_id": 4,
                     *         "uuid": "0f9c6f2e-5b1d-4c7a-9a43-8d2e7b6c1f50",
                     *         "share_uuid": "0f9c6f2e-5b1d-4c7a-9a43-8d2e7b6c1f50",
                     *         "is_shared": true,
                     *         "is_protected": true,
                     *         "has_whitelist": false,
                     *         "expires_at": null,
                     *         "url": "http://127.0.0.1:3000/api/shared/chats/0f9c6f2e-5b1d-4c7a-9a43-8d2e7b6c1f50",
                     *         "created_at": "2026-11-21T09:30:00.000Z",
                     *         "updated_at": "2026-11-21T09:30:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        share: components["schemas"]["Share"];
                    };
                };
            };
            /** @description Invalid parameters; Invalid header(Idempotency-Key); Invalid body(is_shared, is_protected, password, hashed_password, expires_at, emails) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CrossSiteChange"];
            /** @description User not found; Chat not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            /** @description A request with this Idempotency-Key is being processed; What the first request with this Idempotency-Key created has been deleted; This chat already has a share */
            409: {
                headers: {
                    /** @description Seconds to wait before the next attempt */
                    "Retry-After"?: string | undefined;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description The Idempotency-Key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getShare: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the state that the client has */
                "If-None-Match"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a chat
                 * @example 1
                 */
                chat_id: number;
                /**
                 * @description The id of the share of the chat
                 * @example 1
                 */
                share_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Identifies the state of the fields that requests change */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "share": {
                     *         "id": 1,
                     *         "chat_conversation_id": 4,
                     *         "uuid": "0f9c6f2e-5b1d-4c7a-9a43-8d2e7b6c1f50",
                     *         "share_uuid": "0f9c6f2e-5b1d-4c7a-9a43-8d2e7b6c1f50",
                     *         "is_shared": true,
                     *         "is_protected": true,
                     *         "has_whitelist": true,
                     *         "expires_at": "2026-11-21T09:30:00.000Z",
                     *         "url": "http://127.0.0.1:3000/api/shared/chats/0f9c6f2e-5b1d-4c7a-9a43-8d2e7b6c1f50",
                     *         "created_at": "2026-11-21T09:30:00.000Z",
                     *         "updated_at": "2026-11-21T09:30:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        share: components["schemas"]["Share"];
                    };
                };
            };
            /** @description The client already has this state */
            304: {
                headers: {
                    /** @description Identifies the state of the fields that requests change */
                    ETag: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Invalid parameters */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description User not found; Chat not found; Share not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteShare: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the state that may be changed, several of them, or `*` */
                "If-Match"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a chat
                 * @example 1
                 */
                chat_id: number;
                /**
                 * @description The id of the share of the chat
                 * @example 1
                 */
                share_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example true */
                    "application/json": true;
                };
            };
            /** @description Invalid parameters; Invalid header(If-Match) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CrossSiteChange"];
            /** @description User not found; Chat not found; Share not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The resource has been changed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    updateShare: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the state that may be changed, several of them, or `*` */
                "If-Match"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a chat
                 * @example 1
                 */
                chat_id: number;
                /**
                 * @description The id of the share of the chat
                 * @example 1
                 */
                share_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "expires_at": "2030-01-01T00:00:00Z"
                 *     }
                 */
                "application/json": {
                    is_shared?: boolean | undefined;
                    password?: string | null | undefined;
                    /** @description Another name of `password`: the password itself, not a hash */
                    hashed_password?: string | null | undefined;
                    expires_at?: string | null | undefined;
                    /** @constant */
                    has_whitelist?: false | undefined;
                };
                "application/x-www-form-urlencoded": {
                    is_shared?: boolean | undefined;
                    password?: string | null | undefined;
                    /** @description Another name of `password`: the password itself, not a hash */
                    hashed_password?: string | null | undefined;
                    expires_at?: string | null | undefined;
                    /** @constant */
                    has_whitelist?: false | undefined;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Identifies the state of the fields that requests change */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "share": {
                     *         "id": 1,
                     *         "chat_conversation_id": 4,
                     *         "uuid": "0f9c6f2e-5b1d-4c7a-9a43-8d2e7b6c1f50",
                     *         "share_uuid": "0f9c6f2e-5b1d-4c7a-9a43-8d2e7b6c1f50",
                     *         "is_shared": true,
                     *         "is_protected": true,
                     *         "has_whitelist": true,
                     *         "expires_at": "2026-11-21T09:30:00.000Z",
                     *         "url": "http://127.0.0.1:3000/api/shared/chats/0f9c6f2e-5b1d-4c7a-9a43-8d2e7b6c1f50",
                     *         "created_at": "2026-11-21T09:30:00.000Z",
                     *         "updated_at": "2026-11-21T09:30:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        share: components["schemas"]["Share"];
                    };
                };
            };
            /** @description Invalid parameters; Invalid header(If-Match); Invalid body(is_shared, password, hashed_password, expires_at, has_whitelist) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CrossSiteChange"];
            /** @description User not found; Chat not found; Share not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            /** @description The resource has been changed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listWhitelistEntries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a chat
                 * @example 1
                 */
                chat_id: number;
                /**
                 * @description The id of the share of the chat
                 * @example 1
                 */
                share_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "shareWhitelistEntries": [
                     *         {
                     *           "id": 1,
                     *           "chat_conversation_share_id": 1,
                     *           "whitelisted_neptun_user_id": 1,
                     *           "email": "grace@example.com",
                     *           "created_at": "2026-11-21T09:30:00.000Z",
                     *           "updated_at": "2026-11-21T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        shareWhitelistEntries: components["schemas"]["WhitelistEntry"][];
                    };
                };
            };
            /** @description Invalid parameters */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description User not found; Chat not found; Share not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    addWhitelistEntries: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key of your choice, new for each request, with which it can be repeated without creating more */
                "Idempotency-Key"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a chat
                 * @example 1
                 */
                chat_id: number;
                /**
                 * @description The id of the share of the chat
                 * @example 1
                 */
                share_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "emails": [
                 *         "grace@example.com"
                 *       ]
                 *     }
                 */
                "application/json": {
                    emails: string[];
                } | string[];
                "application/x-www-form-urlencoded": {
                    emails: string[];
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    /** @description `true` if an earlier request created the rows */
                    "Idempotent-Replayed"?: string | undefined;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "shareWhitelistEntries": [
                     *         {
                     *           "id": 1,
                     *           "chat_conversation_share_id": 1,
                     *           "whitelisted_neptun_user_id": 1,
                     *           "email": "grace@example.com",
                     *           "created_at": "2026-11-21T09:30:00.000Z",
                     *           "updated_at": "2026-11-21T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        shareWhitelistEntries: components["schemas"]["WhitelistEntry"][];
                    };
                };
            };
            /** @description Invalid parameters; Invalid header(Idempotency-Key); Invalid body(emails) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CrossSiteChange"];
            /** @description User not found; Chat not found; Share not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            /** @description A request with this Idempotency-Key is being processed; What the first request with this Idempotency-Key created has been deleted */
            409: {
                headers: {
                    /** @description Seconds to wait before the next attempt */
                    "Retry-After"?: string | undefined;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description The Idempotency-Key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteWhitelistEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a chat
                 * @example 1
                 */
                chat_id: number;
                /**
                 * @description The id of the share of the chat
                 * @example 1
                 */
                share_id: number;
                /**
                 * @description The id of an entry of the whitelist
                 * @example 1
                 */
                entry_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example true */
                    "application/json": true;
                };
            };
            /** @description Invalid parameters */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CrossSiteChange"];
            /** @description User not found; Chat not found; Share not found; Whitelist entry not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    openSharedChat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The `uuid` of a share, with which its link ends
                 * @example 0f9c6f2e-5b1d-4c7a-9a43-8d2e7b6c1f50
                 */
                uuid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "chat": {
                     *         "name": "How to say hello",
                     *         "model": "google/gemma-2-27b-it"
                     *       },
                     *       "chatMessages": [
                     *         {
                     *           "id": 1,
                     *           "role": "user",
                     *           "actor": "user",
                     *           "content": "How can I say hello in Python?",
                     *           "message": "How can I say hello in Python?",
                     *           "timestamp": "2026-11-21T09:30:00.000Z",
                     *           "created_at": "2026-11-21T09:30:00.000Z",
                     *           "updated_at": "2026-11-21T09:30:00.000Z",
                     *           "files": []
                     *         },
                     *         {
                     *           "id": 2,
                     *           "role": "assistant",
                     *           "actor": "assistant",
                     *           "content": "Like this:",
                     *           "message": "Like this:",
                     *           "timestamp": "2026-11-21T09:30:00.000Z",
                     *           "created_at": "2026-11-21T09:30:00.000Z",
                     *           "updated_at": "2026-11-21T09:30:00.000Z",
                     *           "files": [
                     *             {
                     *               "id": 1,
                     *               "text": "print(\"Hello\")\n",
                     *               "title": "example.py",
                     *               "language": "python",
                     *               "extension": "py",
                     *               "name": "example.py",
                     *               "size": 15,
                     *               "type": "text/plain",
                     *               "url": "http://127.0.0.1:3000/api/files/1?expires=1795254300&grant=0f9c6f2e-5b1d-4c7a-9a43-8d2e7b6c1f50.3&signature=Vq3kJ0xWm1s8yq7cZ2bN5tR4uH6pL9aEoXfDgKjTnQw",
                     *               "created_at": "2026-11-21T09:30:00.000Z",
                     *               "updated_at": "2026-11-21T09:30:00.000Z"
                     *             },
                     *             {
                     *               "id": 2,
                     *               "text": "echo Hello\n",
                     *               "title": "hello",
                     *               "language": "shell",
                     *               "extension": "sh",
                     *               "name": "hello.sh",
                     *               "size": 11,
                     *               "type": "application/x-sh",
                     *               "url": "http://127.0.0.1:3000/api/files/2?expires=1795254300&grant=0f9c6f2e-5b1d-4c7a-9a43-8d2e7b6c1f50.3&signature=Vq3kJ0xWm1s8yq7cZ2bN5tR4uH6pL9aEoXfDgKjTnQw",
                     *               "created_at": "2026-11-21T09:30:00.000Z",
                     *               "updated_at": "2026-11-21T09:30:00.000Z"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "shareInfo": {
                     *         "shareExists": true,
                     *         "shareIsActive": true,
                     *         "shareIsPrivate": true,
                     *         "shareHasPassword": true,
                     *         "shareHasWhitelist": true
                     *       }
                     *     }
                     */
                    "application/json": {
                        chat: {
                            name: string;
                            model: string;
                        };
                        chatMessages: components["schemas"]["SharedMessage"][];
                        shareInfo: components["schemas"]["ShareInfo"];
                    };
                };
            };
            /** @description You are not authorized to view this chat */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareRefusal"];
                };
            };
            /** @description You are not on the whitelist */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareRefusal"];
                };
            };
            /** @description The share does not exist */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareRefusal"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    unlockSharedChat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The `uuid` of a share, with which its link ends
                 * @example 0f9c6f2e-5b1d-4c7a-9a43-8d2e7b6c1f50
                 */
                uuid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "open sesame"
                 *     }
                 */
                "application/json": {
                    password: string;
                };
                "application/x-www-form-urlencoded": {
                    password: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The cookie `neptun-unlock` */
                    "Set-Cookie"?: string | undefined;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "shareInfo": {
                     *         "shareExists": true,
                     *         "shareIsActive": true,
                     *         "shareIsPrivate": true,
                     *         "shareHasPassword": true,
                     *         "shareHasWhitelist": true
                     *       }
                     *     }
                     */
                    "application/json": {
                        shareInfo: components["schemas"]["ShareInfo"];
                    };
                };
            };
            /** @description Invalid body(password) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description You are not authorized to view this chat */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareRefusal"];
                };
            };
            /** @description You are not on the whitelist; Changes from other sites are not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareRefusal"] | components["schemas"]["Error"];
                };
            };
            /** @description The share does not exist */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareRefusal"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            /** @description The request body exceeds the limit of 16384 bytes */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the state that the client has */
                "If-None-Match"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Identifies the state of the fields that requests change */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": 3,
                     *         "primary_email": "ada@example.com"
                     *       },
                     *       "usage": {
                     *         "chats": 0,
                     *         "bytes": 0
                     *       },
                     *       "limits": {
                     *         "chats": 1000000,
                     *         "bytes": 10737418240,
                     *         "messages_per_chat": 1000000
                     *       }
                     *     }
                     */
                    "application/json": {
                        user: components["schemas"]["User"];
                        /** @description What is stored */
                        usage: {
                            chats: number;
                            /** @description Of messages, in UTF-8, and of files */
                            bytes: number;
                        };
                        /** @description What may be stored at most */
                        limits: {
                            chats: number;
                            /** @description Of messages, in UTF-8, and of files */
                            bytes: number;
                            messages_per_chat: number;
                        };
                    };
                };
            };
            /** @description The client already has this state */
            304: {
                headers: {
                    /** @description Identifies the state of the fields that requests change */
                    ETag: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Invalid parameters */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description User not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the state that may be changed, several of them, or `*` */
                "If-Match"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description The cookie `neptun-session` */
                    "Set-Cookie"?: string | undefined;
                    [name: string]: unknown;
                };
                content: {
                    /** @example true */
                    "application/json": true;
                };
            };
            /** @description Invalid parameters; Invalid header(If-Match) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CrossSiteChange"];
            /** @description User not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The resource has been changed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of the state that may be changed, several of them, or `*` */
                "If-Match"?: string | undefined;
            } | undefined;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada.lovelace@example.com",
                 *       "current_password": "correct horse battery"
                 *     }
                 */
                "application/json": {
                    /** Format: email */
                    email?: string | undefined;
                    password?: string | undefined;
                    current_password: string;
                };
                "application/x-www-form-urlencoded": {
                    /** Format: email */
                    email?: string | undefined;
                    password?: string | undefined;
                    current_password: string;
                };
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    /** @description Identifies the state of the fields that requests change */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": 3,
                     *         "primary_email": "ada.lovelace@example.com"
                     *       }
                     *     }
                     */
                    "application/json": {
                        user: components["schemas"]["User"];
                    };
                };
            };
            /** @description Invalid parameters; Invalid header(If-Match); Invalid body(email, password, current_password) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description Wrong current password; Changes from other sites are not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description User not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            /** @description This e-mail address is already in use */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The resource has been changed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body exceeds the limit of 16384 bytes */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "sessions": [
                     *         {
                     *           "id": 4,
                     *           "current": true,
                     *           "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
                     *           "created_at": "2026-11-21T09:30:00.000Z",
                     *           "last_used_at": "2026-11-21T09:30:00.000Z",
                     *           "expires_at": "2026-11-21T09:30:00.000Z"
                     *         },
                     *         {
                     *           "id": 3,
                     *           "current": false,
                     *           "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
                     *           "created_at": "2026-11-21T09:30:00.000Z",
                     *           "last_used_at": "2026-11-21T09:30:00.000Z",
                     *           "expires_at": "2026-11-21T09:30:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        sessions: components["schemas"]["Session"][];
                    };
                };
            };
            /** @description Invalid parameters */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description User not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    endOtherSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ended": 1
                     *     }
                     */
                    "application/json": {
                        ended: number;
                    };
                };
            };
            /** @description Invalid parameters */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CrossSiteChange"];
            /** @description User not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the signed-in user, which sign-up and login return; any other is a 404
                 * @example 1
                 */
                user_id: number;
                /**
                 * @description The id of a session
                 * @example 2
                 */
                session_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example true */
                    "application/json": true;
                };
            };
            /** @description Invalid parameters */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["CrossSiteChange"];
            /** @description User not found; Session not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "models": [],
                     *       "any": true
                     *     }
                     */
                    "application/json": {
                        models: string[];
                        any: boolean;
                    };
                };
            };
            500: components["responses"]["InternalServerError"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "healthy",
                     *       "timestamp": "2026-11-21T09:30:00.000Z",
                     *       "uptime": 12.345
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            500: components["responses"]["InternalServerError"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "healthy",
                     *       "timestamp": "2026-11-21T09:30:00.000Z",
                     *       "uptime": 12.345
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            500: components["responses"]["InternalServerError"];
            /** @description The database is currently unavailable; The server is shutting down */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
}
