-- Puts the owner first in every key. drizzle-kit cannot change primary keys, so this file is written by hand.
-- It rebuilds most indexes and validates the foreign keys, so run it while no server uses the database.

-- The clock of updates. Declared immutable, although it is not, so that a distributed database runs it where the row
-- is. Call it with a column only: the planner evaluates an immutable function of a constant in advance.
CREATE FUNCTION "public"."update_time"("previous" timestamp with time zone) RETURNS timestamp with time zone
	LANGUAGE plpgsql IMMUTABLE
	AS 'begin return greatest(clock_timestamp(), previous); end';--> statement-breakpoint

-- A session token now begins with its owner, so the tokens of earlier sessions no longer lead to them.
DELETE FROM "sessions";--> statement-breakpoint

CREATE TABLE "directory" (
	"key" text PRIMARY KEY NOT NULL,
	"neptun_user_id" bigint NOT NULL,
	CONSTRAINT "directory_key_lower_case" CHECK ("directory"."key" = lower("directory"."key"))
);--> statement-breakpoint
INSERT INTO "directory" ("key", "neptun_user_id")
	SELECT lower("primary_email"), "id" FROM "users"
	UNION ALL SELECT "uuid"::text, "neptun_user_id" FROM "shares";--> statement-breakpoint
CREATE INDEX "directory_of_user" ON "directory" USING btree ("neptun_user_id");--> statement-breakpoint

ALTER TABLE "file_contents" ADD COLUMN "neptun_user_id" bigint;--> statement-breakpoint
UPDATE "file_contents" SET "neptun_user_id" = "files"."neptun_user_id" FROM "files" WHERE "files"."id" = "file_id";--> statement-breakpoint
ALTER TABLE "file_contents" ALTER COLUMN "neptun_user_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "whitelist_entries" ADD COLUMN "neptun_user_id" bigint;--> statement-breakpoint
UPDATE "whitelist_entries" SET "neptun_user_id" = "shares"."neptun_user_id" FROM "shares"
	WHERE "shares"."id" = "chat_conversation_share_id";--> statement-breakpoint
ALTER TABLE "whitelist_entries" ALTER COLUMN "neptun_user_id" SET NOT NULL;--> statement-breakpoint

-- Foreign keys depend on the keys that they refer to, so they are dropped first and added last.
ALTER TABLE "chats" DROP CONSTRAINT "chats_project_of_same_user";--> statement-breakpoint
ALTER TABLE "file_contents" DROP CONSTRAINT "file_contents_of_existing_file";--> statement-breakpoint
ALTER TABLE "files" DROP CONSTRAINT "files_chat_of_same_user", DROP CONSTRAINT "files_message_of_same_chat";--> statement-breakpoint
ALTER TABLE "messages" DROP CONSTRAINT "messages_chat_of_same_user";--> statement-breakpoint
ALTER TABLE "shares" DROP CONSTRAINT "shares_chat_of_same_user";--> statement-breakpoint
ALTER TABLE "whitelist_entries" DROP CONSTRAINT "whitelist_entries_for_existing_user",
	DROP CONSTRAINT "whitelist_entries_of_existing_share";--> statement-breakpoint

DROP INDEX "users_email_key", "sessions_token_hash_key", "sessions_of_user", "chats_of_project",
	"chats_of_project_by_updated_at", "chats_of_project_by_created_at", "chats_of_project_by_name",
	"chats_of_project_by_model", "files_of_user", "files_of_chat", "files_of_message", "whitelist_entries_of_share";--> statement-breakpoint

ALTER TABLE "sessions" DROP CONSTRAINT "sessions_pkey",
	ADD CONSTRAINT "sessions_pkey" PRIMARY KEY ("neptun_user_id", "id"),
	ADD CONSTRAINT "sessions_token_hash_key" UNIQUE ("neptun_user_id", "token_hash");--> statement-breakpoint
ALTER TABLE "projects" DROP CONSTRAINT "projects_pkey", DROP CONSTRAINT "projects_of_user",
	ADD CONSTRAINT "projects_pkey" PRIMARY KEY ("neptun_user_id", "id");--> statement-breakpoint
ALTER TABLE "chats" DROP CONSTRAINT "chats_pkey", DROP CONSTRAINT "chats_of_user",
	ADD CONSTRAINT "chats_pkey" PRIMARY KEY ("neptun_user_id", "id");--> statement-breakpoint
ALTER TABLE "messages" DROP CONSTRAINT "messages_pkey", DROP CONSTRAINT "messages_of_chat",
	ADD CONSTRAINT "messages_pkey" PRIMARY KEY ("neptun_user_id", "chat_conversation_id", "id");--> statement-breakpoint
ALTER TABLE "files" DROP CONSTRAINT "files_pkey",
	ADD CONSTRAINT "files_pkey" PRIMARY KEY ("neptun_user_id", "id");--> statement-breakpoint
ALTER TABLE "file_contents" DROP CONSTRAINT "file_contents_pkey",
	ADD CONSTRAINT "file_contents_pkey" PRIMARY KEY ("neptun_user_id", "file_id");--> statement-breakpoint
ALTER TABLE "shares" DROP CONSTRAINT "shares_pkey", DROP CONSTRAINT "shares_one_per_chat",
	DROP CONSTRAINT "shares_uuid_key",
	ADD CONSTRAINT "shares_pkey" PRIMARY KEY ("neptun_user_id", "id"),
	ADD CONSTRAINT "shares_one_per_chat" UNIQUE ("neptun_user_id", "chat_conversation_id"),
	ADD CONSTRAINT "shares_uuid_key" UNIQUE ("neptun_user_id", "uuid");--> statement-breakpoint
ALTER TABLE "whitelist_entries" DROP CONSTRAINT "whitelist_entries_pkey",
	DROP CONSTRAINT "whitelist_entries_one_per_user",
	ADD CONSTRAINT "whitelist_entries_pkey" PRIMARY KEY ("neptun_user_id", "id"),
	ADD CONSTRAINT "whitelist_entries_one_per_user"
		UNIQUE ("neptun_user_id", "chat_conversation_share_id", "whitelisted_neptun_user_id");--> statement-breakpoint

CREATE INDEX "chats_of_project" ON "chats" USING btree ("neptun_user_id", "project_id", "id");--> statement-breakpoint
CREATE INDEX "chats_of_project_by_updated_at" ON "chats" USING btree ("neptun_user_id", "project_id", "updated_at", "id");--> statement-breakpoint
CREATE INDEX "chats_of_project_by_created_at" ON "chats" USING btree ("neptun_user_id", "project_id", "created_at", "id");--> statement-breakpoint
CREATE INDEX "chats_of_project_by_name" ON "chats" USING btree ("neptun_user_id", "project_id", "name", "id");--> statement-breakpoint
CREATE INDEX "chats_of_project_by_model" ON "chats" USING btree ("neptun_user_id", "project_id", "model", "id");--> statement-breakpoint
CREATE INDEX "files_of_chat" ON "files" USING btree ("neptun_user_id", "chat_conversation_id", "id");--> statement-breakpoint
CREATE INDEX "files_of_message" ON "files" USING btree ("neptun_user_id", "chat_conversation_message_id", "id");--> statement-breakpoint
CREATE INDEX "whitelist_entries_of_share" ON "whitelist_entries"
	USING btree ("neptun_user_id", "chat_conversation_share_id", "id");--> statement-breakpoint

ALTER TABLE "chats" ADD CONSTRAINT "chats_project_of_same_user" FOREIGN KEY ("neptun_user_id", "project_id")
	REFERENCES "public"."projects" ("neptun_user_id", "id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_chat_of_same_user" FOREIGN KEY ("neptun_user_id", "chat_conversation_id")
	REFERENCES "public"."chats" ("neptun_user_id", "id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_message_of_same_chat"
	FOREIGN KEY ("neptun_user_id", "chat_conversation_id", "chat_conversation_message_id")
	REFERENCES "public"."messages" ("neptun_user_id", "chat_conversation_id", "id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "file_contents" ADD CONSTRAINT "file_contents_of_existing_file" FOREIGN KEY ("neptun_user_id", "file_id")
	REFERENCES "public"."files" ("neptun_user_id", "id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "shares" ADD CONSTRAINT "shares_chat_of_same_user" FOREIGN KEY ("neptun_user_id", "chat_conversation_id")
	REFERENCES "public"."chats" ("neptun_user_id", "id") ON DELETE cascade;--> statement-breakpoint
ALTER TABLE "whitelist_entries" ADD CONSTRAINT "whitelist_entries_of_existing_share"
	FOREIGN KEY ("neptun_user_id", "chat_conversation_share_id")
	REFERENCES "public"."shares" ("neptun_user_id", "id") ON DELETE cascade;
