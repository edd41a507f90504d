-- Renaming a constraint only changes the catalog; adding it again would check every row.
ALTER TABLE "chats" RENAME CONSTRAINT "chats_neptun_user_id_users_id_fk" TO "chats_of_existing_user";--> statement-breakpoint
ALTER TABLE "file_contents" RENAME CONSTRAINT "file_contents_file_id_files_id_fk" TO "file_contents_of_existing_file";--> statement-breakpoint
ALTER TABLE "projects" RENAME CONSTRAINT "projects_neptun_user_id_users_id_fk" TO "projects_of_existing_user";--> statement-breakpoint
ALTER TABLE "sessions" RENAME CONSTRAINT "sessions_neptun_user_id_users_id_fk" TO "sessions_of_existing_user";--> statement-breakpoint
ALTER TABLE "whitelist_entries" RENAME CONSTRAINT "whitelist_entries_chat_conversation_share_id_shares_id_fk" TO "whitelist_entries_of_existing_share";--> statement-breakpoint
ALTER TABLE "whitelist_entries" RENAME CONSTRAINT "whitelist_entries_whitelisted_neptun_user_id_users_id_fk" TO "whitelist_entries_for_existing_user";
