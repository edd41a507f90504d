CREATE TYPE "public"."message_role" AS ENUM('user', 'assistant', 'system');--> statement-breakpoint
CREATE TABLE "chats" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "chats_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"neptun_user_id" bigint NOT NULL,
	"project_id" bigint,
	"model" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT statement_timestamp() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT statement_timestamp() NOT NULL,
	CONSTRAINT "chats_of_user" UNIQUE("neptun_user_id","id"),
	CONSTRAINT "chats_name_length" CHECK (char_length("chats"."name") between 1 and 255),
	CONSTRAINT "chats_model_length" CHECK (char_length("chats"."model") between 3 and 200)
);
--> statement-breakpoint
CREATE TABLE "file_contents" (
	"file_id" bigint PRIMARY KEY NOT NULL,
	"content" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "files" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "files_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"neptun_user_id" bigint NOT NULL,
	"chat_conversation_id" bigint NOT NULL,
	"chat_conversation_message_id" bigint NOT NULL,
	"title" text NOT NULL,
	"name" text NOT NULL,
	"language" text NOT NULL,
	"extension" text NOT NULL,
	"size" integer NOT NULL,
	"type" text NOT NULL,
	"is_text" boolean NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT statement_timestamp() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT statement_timestamp() NOT NULL,
	CONSTRAINT "files_size" CHECK ("files"."size" >= 0)
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "messages_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"neptun_user_id" bigint NOT NULL,
	"chat_conversation_id" bigint NOT NULL,
	"role" "message_role" NOT NULL,
	"content" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT statement_timestamp() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT statement_timestamp() NOT NULL,
	CONSTRAINT "messages_of_chat" UNIQUE("chat_conversation_id","id"),
	CONSTRAINT "messages_content_length" CHECK (char_length("messages"."content") between 1 and 1000000)
);
--> statement-breakpoint
CREATE TABLE "projects" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "projects_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"neptun_user_id" bigint NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"project_type" text NOT NULL,
	"programming_language" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT statement_timestamp() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT statement_timestamp() NOT NULL,
	CONSTRAINT "projects_of_user" UNIQUE("neptun_user_id","id"),
	CONSTRAINT "projects_name_length" CHECK (char_length("projects"."name") between 1 and 255),
	CONSTRAINT "projects_description_length" CHECK (char_length("projects"."description") <= 10000),
	CONSTRAINT "projects_project_type_length" CHECK (char_length("projects"."project_type") between 1 and 255),
	CONSTRAINT "projects_programming_language_length" CHECK (char_length("projects"."programming_language") between 1 and 255)
);
--> statement-breakpoint
CREATE TABLE "shares" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "shares_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"neptun_user_id" bigint NOT NULL,
	"chat_conversation_id" bigint NOT NULL,
	"uuid" uuid DEFAULT gen_random_uuid() NOT NULL,
	"is_shared" boolean NOT NULL,
	"password_hash" text,
	"has_whitelist" boolean NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT statement_timestamp() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT statement_timestamp() NOT NULL,
	CONSTRAINT "shares_one_per_chat" UNIQUE("chat_conversation_id"),
	CONSTRAINT "shares_uuid_key" UNIQUE("uuid")
);
--> statement-breakpoint
CREATE TABLE "whitelist_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "whitelist_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"chat_conversation_share_id" bigint NOT NULL,
	"whitelisted_neptun_user_id" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT statement_timestamp() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT statement_timestamp() NOT NULL,
	CONSTRAINT "whitelist_entries_one_per_user" UNIQUE("chat_conversation_share_id","whitelisted_neptun_user_id")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sessions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"neptun_user_id" bigint NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"user_agent" text,
	"created_at" timestamp (3) with time zone DEFAULT statement_timestamp() NOT NULL,
	"last_used_at" timestamp (3) with time zone DEFAULT statement_timestamp() NOT NULL,
	"expires_at" timestamp (3) with time zone DEFAULT statement_timestamp() + interval '30 days' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "users_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"primary_email" text NOT NULL,
	"password_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT statement_timestamp() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT statement_timestamp() NOT NULL,
	CONSTRAINT "users_email_length" CHECK (char_length("users"."primary_email") <= 254)
);
--> statement-breakpoint
ALTER TABLE "chats" ADD CONSTRAINT "chats_neptun_user_id_users_id_fk" FOREIGN KEY ("neptun_user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chats" ADD CONSTRAINT "chats_project_of_same_user" FOREIGN KEY ("project_id","neptun_user_id") REFERENCES "public"."projects"("id","neptun_user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_contents" ADD CONSTRAINT "file_contents_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_message_of_same_chat" FOREIGN KEY ("chat_conversation_message_id","chat_conversation_id") REFERENCES "public"."messages"("id","chat_conversation_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_chat_of_same_user" FOREIGN KEY ("chat_conversation_id","neptun_user_id") REFERENCES "public"."chats"("id","neptun_user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_chat_of_same_user" FOREIGN KEY ("chat_conversation_id","neptun_user_id") REFERENCES "public"."chats"("id","neptun_user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_neptun_user_id_users_id_fk" FOREIGN KEY ("neptun_user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shares" ADD CONSTRAINT "shares_chat_of_same_user" FOREIGN KEY ("chat_conversation_id","neptun_user_id") REFERENCES "public"."chats"("id","neptun_user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "whitelist_entries" ADD CONSTRAINT "whitelist_entries_chat_conversation_share_id_shares_id_fk" FOREIGN KEY ("chat_conversation_share_id") REFERENCES "public"."shares"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "whitelist_entries" ADD CONSTRAINT "whitelist_entries_whitelisted_neptun_user_id_users_id_fk" FOREIGN KEY ("whitelisted_neptun_user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_neptun_user_id_users_id_fk" FOREIGN KEY ("neptun_user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "chats_outside_projects" ON "chats" USING btree ("neptun_user_id","updated_at","id") WHERE "chats"."project_id" is null;--> statement-breakpoint
CREATE INDEX "chats_of_user_by_updated_at" ON "chats" USING btree ("neptun_user_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "chats_of_user_by_created_at" ON "chats" USING btree ("neptun_user_id","created_at","id");--> statement-breakpoint
CREATE INDEX "chats_of_user_by_name" ON "chats" USING btree ("neptun_user_id","name","id");--> statement-breakpoint
CREATE INDEX "chats_of_user_by_model" ON "chats" USING btree ("neptun_user_id","model","id");--> statement-breakpoint
CREATE INDEX "chats_of_project" ON "chats" USING btree ("project_id","id");--> statement-breakpoint
CREATE INDEX "chats_of_project_by_updated_at" ON "chats" USING btree ("project_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "chats_of_project_by_created_at" ON "chats" USING btree ("project_id","created_at","id");--> statement-breakpoint
CREATE INDEX "chats_of_project_by_name" ON "chats" USING btree ("project_id","name","id");--> statement-breakpoint
CREATE INDEX "chats_of_project_by_model" ON "chats" USING btree ("project_id","model","id");--> statement-breakpoint
CREATE INDEX "files_of_chat" ON "files" USING btree ("chat_conversation_id","id");--> statement-breakpoint
CREATE INDEX "files_of_message" ON "files" USING btree ("chat_conversation_message_id","id");--> statement-breakpoint
CREATE INDEX "files_of_user" ON "files" USING btree ("neptun_user_id","id");--> statement-breakpoint
CREATE INDEX "whitelist_entries_of_share" ON "whitelist_entries" USING btree ("chat_conversation_share_id","id");--> statement-breakpoint
CREATE INDEX "whitelist_entries_of_user" ON "whitelist_entries" USING btree ("whitelisted_neptun_user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_token_hash_key" ON "sessions" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "sessions_of_user" ON "sessions" USING btree ("neptun_user_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_key" ON "users" USING btree (lower("primary_email"));