"""Files that were made to end, hang or fill the process, at every door that lets files in."""
