package org.vidvec.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A local file, for the command line: the plugin never opens files by name. */
public final class FileSource implements MediaSource {

    private final String name;
    private final FileChannel channel;
    private final long size;

    /**
     * Opens the file; its size is taken now.
     *
     * @throws IOException if it can't be opened
     */
    public FileSource(Path file) throws IOException {
        this.name = String.valueOf(file.getFileName());
        // before it is open: an interrupt here would leave it so
        this.size = Files.size(file);
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(target, offset, length), position);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
