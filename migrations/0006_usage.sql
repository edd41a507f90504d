CREATE TABLE "usage" (
	"neptun_user_id" bigint NOT NULL,
	"slot" smallint NOT NULL,
	"chats" bigint DEFAULT 0 NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "usage_pkey" PRIMARY KEY("neptun_user_id","slot")
);
--> statement-breakpoint
ALTER TABLE "chats" ADD COLUMN "message_count" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
UPDATE "chats" SET "message_count" = "counted"."message_count"
	FROM (
		SELECT "neptun_user_id", "chat_conversation_id", count(*) AS "message_count" FROM "messages" GROUP BY 1, 2
	) AS "counted"
	WHERE "chats"."neptun_user_id" = "counted"."neptun_user_id" AND "chats"."id" = "counted"."chat_conversation_id";--> statement-breakpoint
INSERT INTO "usage" ("neptun_user_id", "slot", "chats", "bytes")
	SELECT "neptun_user_id", 0, sum("chats"), sum("bytes") FROM (
		SELECT "neptun_user_id", 1 AS "chats", 0 AS "bytes" FROM "chats"
		UNION ALL SELECT "neptun_user_id", 0, octet_length("content") FROM "messages"
		UNION ALL SELECT "neptun_user_id", 0, "size" FROM "files"
	) AS "stored" GROUP BY "neptun_user_id";
