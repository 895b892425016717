from receptive.launcher import command

command()
