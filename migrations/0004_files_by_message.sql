DROP INDEX "files_of_message";--> statement-breakpoint
CREATE INDEX "files_of_messages" ON "files" USING btree ("neptun_user_id","chat_conversation_id","chat_conversation_message_id","id");