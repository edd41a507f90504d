CREATE TABLE "deletions" (
	"neptun_user_id" bigint NOT NULL,
	"requested_at" timestamp (3) with time zone DEFAULT statement_timestamp() NOT NULL,
	CONSTRAINT "deletions_pkey" PRIMARY KEY("neptun_user_id")
);
--> statement-breakpoint
ALTER TABLE "chats" ADD COLUMN "is_deleted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "is_deleted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "chats_deleted" ON "chats" USING btree ("neptun_user_id","id") WHERE "chats"."is_deleted";