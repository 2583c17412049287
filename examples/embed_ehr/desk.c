/* desk AUDIT FILE...: a mock health record with the plug-in: each file is a visit. Cards go to standard output, of
 * which the first line is enough here; audit lines are added to AUDIT. Time stands still, as in a test. */
#include <stdlib.h>
#include <string.h>

#include "plugin.h"

static const char* file_name(const char* path) {
  const char* slash = strrchr(path, '/');
  return slash == NULL ? path : slash + 1;
}

static int advise_file(plugin* advisor, const char* path, FILE* card) {
  static char json[1 << 20];
  FILE* file = fopen(path, "rb");
  uint64_t length;
  if (file == NULL) return 2;
  length = fread(json, 1, sizeof json, file);
  fclose(file);
  return plugin_advise(advisor, file_name(path), "2026-11-27T09:00:00Z", json, length, card);
}

int main(int argc, char** argv) {
  FILE* audit = argc > 1 ? fopen(argv[1], "a") : NULL;
  plugin* advisor = audit == NULL ? NULL : plugin_open(audit);
  int i, status = advisor == NULL ? 2 : 0;
  for (i = 2; i < argc && status < 2; ++i) {
    char line[256] = "";
    FILE* card = tmpfile();
    if (card == NULL) return 2;
    status = advise_file(advisor, argv[i], card);
    rewind(card);
    if (fgets(line, sizeof line, card) != NULL) printf("%s: %s", file_name(argv[i]), line);
    fclose(card);
  }
  plugin_close(advisor);
  if (audit != NULL) fclose(audit);
  return status < 2 ? 0 : status;
}
