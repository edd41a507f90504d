-- Uncompressed, so that a piece of a file is read without reading what is before it.
ALTER TABLE "file_contents" ALTER COLUMN "content" SET STORAGE EXTERNAL;
