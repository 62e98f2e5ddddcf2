package org.vidvec.node;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The bytes that a server reads from its standard input when it starts: what the vendor's launcher
 * would send. The server's own classes write them, through reflection and from the home's own jars.
 */
final class ServerArguments {

    private ServerArguments() {}

    /**
     * @param home the node's home
     * @param settings all node settings; elasticsearch.yml is not read
     * @throws IOException if the server's classes are not those of the expected version
     */
    static byte[] bytes(Path home, Map<String, String> settings) throws IOException {
        try (URLClassLoader server =
                new URLClassLoader(jars(home), ClassLoader.getPlatformClassLoader())) {
            return write(server, home, settings);
        } catch (ReflectiveOperationException e) {
            throw new IOException("the server's start arguments can't be written: " + e, e);
        }
    }

    private static byte[] write(ClassLoader server, Path home, Map<String, String> settings)
            throws ReflectiveOperationException, IOException {
        Class<?> secureSettings =
                server.loadClass("org.elasticsearch.common.settings.SecureSettings");
        Class<?> settingsType = server.loadClass("org.elasticsearch.common.settings.Settings");
        Class<?> output = server.loadClass("org.elasticsearch.common.io.stream.StreamOutput");
        Class<?> toStream =
                server.loadClass("org.elasticsearch.common.io.stream.OutputStreamStreamOutput");
        Class<?> arguments = server.loadClass("org.elasticsearch.bootstrap.ServerArgs");
        Object keystore =
                server.loadClass("org.elasticsearch.common.settings.KeyStoreWrapper")
                        .getMethod("create")
                        .invoke(null);
        Object args =
                arguments
                        .getConstructor(
                                boolean.class,
                                boolean.class,
                                Path.class,
                                secureSettings,
                                settingsType,
                                Path.class,
                                Path.class)
                        .newInstance(
                                false,
                                false,
                                null,
                                keystore,
                                settings(settingsType, settings),
                                home.resolve("config"),
                                home.resolve("logs"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Object stream = toStream.getConstructor(OutputStream.class).newInstance(bytes);
        arguments.getMethod("writeTo", output).invoke(args, stream);
        output.getMethod("flush").invoke(stream);
        return bytes.toByteArray();
    }

    private static Object settings(Class<?> type, Map<String, String> settings)
            throws ReflectiveOperationException {
        Object builder = type.getMethod("builder").invoke(null);
        for (Map.Entry<String, String> each : settings.entrySet()) {
            builder.getClass()
                    .getMethod("put", String.class, String.class)
                    .invoke(builder, each.getKey(), each.getValue());
        }
        return builder.getClass().getMethod("build").invoke(builder);
    }

    private static URL[] jars(Path home) throws IOException {
        List<Path> jars;
        try (Stream<Path> entries = Files.list(home.resolve("lib"))) {
            jars = entries.filter(j -> j.toString().endsWith(".jar")).toList();
        }
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        return urls;
    }
}
